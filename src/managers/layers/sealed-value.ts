import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';

/** A value as bytes of its own: what is done to the value afterwards does not reach it. */
export type SealedValue = { readonly bytes: Buffer; readonly digest: string };

/** Null for what cannot be copied (functions, promises). */
export function sealValue(value: unknown): SealedValue | null {
  const bytes = bytesOf(value);
  return bytes === null ? null : { bytes, digest: digestOf(bytes) };
}

/** A fresh copy, or null when the bytes are not what was sealed. */
export function openValue({ bytes, digest }: SealedValue): { readonly value: unknown } | null {
  return digestOf(bytes) === digest ? { value: deserialize(bytes) as unknown } : null;
}

function bytesOf(value: unknown): Buffer | null {
  try {
    return serialize(value);
  } catch (error) {
    if (error instanceof Error && error.name === 'DataCloneError') return null;
    throw error;
  }
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
