import { fixed32 } from './byte-reader.js';
import { damage } from './damage.js';

/** One version of a key as it lies in a log or table. */
export type StoredVersion = {
  readonly key: Uint8Array;
  readonly sequence: number;
  /** Null for a tombstone. */
  readonly value: Uint8Array | null;
};

export type InternalKey = { readonly key: Uint8Array; readonly sequence: number; readonly isPut: boolean };

/** User key, then 8 bytes: type in the lowest, sequence in the other seven. Throws damage. */
export function internalKey(bytes: Uint8Array): InternalKey {
  const at = bytes.length - 8;
  if (at < 0) throw damage('structure', 'a key is shorter than its sequence number');
  const type = bytes[at] ?? 0;
  if (type > 1) throw damage('structure', `a key is of the unknown type ${type}`);
  const low = fixed32(bytes, at);
  const high = fixed32(bytes, at + 4);
  const shifted = Math.floor(low / 256) + (high % 256) * 2 ** 24;
  // The index holds keys with the highest sequence there is, 2^56-1: not exact as a number, and only compared.
  return { key: bytes.subarray(0, at), sequence: shifted + Math.floor(high / 256) * 2 ** 32, isPut: type === 1 };
}

/** LevelDB's order: by key bytes ascending, newest first. */
export function compareInternal(a: InternalKey, b: InternalKey): number {
  return Buffer.compare(a.key, b.key) || b.sequence - a.sequence || Number(b.isPut) - Number(a.isPut);
}
