import { keccak_256 } from '@noble/hashes/sha3.js';
import type { IHasher } from 'hash-wasm';

let compiled: IHasher | null = null;

/** Keccak-256 of a text's UTF-8 bytes, as 64 lower-case hex digits. */
export function keccak256(text: string): string {
  const bytes = Buffer.from(text);
  return compiled === null
    ? Buffer.from(keccak_256(bytes)).toString('hex')
    : compiled.init().update(bytes).digest('hex');
}

/**
 * Has every later hash made by WebAssembly. JavaScript gets as fast only after hundreds of hashes, which the hook of a
 * commit never makes. A node without WebAssembly (`--jitless`) goes on as before.
 */
export async function compileKeccak(): Promise<void> {
  if (!('WebAssembly' in globalThis)) return;
  const { createKeccak } = await import('hash-wasm');
  compiled = await createKeccak(256);
}
