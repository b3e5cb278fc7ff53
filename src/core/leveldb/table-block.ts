import { byteReader, fixed32 } from './byte-reader.js';
import { crc32c, unmaskedCrc } from './crc32c.js';
import { damage } from './damage.js';
import { unsnappy } from './snappy.js';

/** Where a block lies in a table, its trailer not counted. */
export type BlockHandle = { readonly offset: number; readonly size: number };

/** Compression and CRC behind each block. */
export const trailerSize = 5;

const compressions: ReadonlyMap<number, string> = new Map([
  [2, 'zstd, or zlib of a fork'],
  [4, 'raw zlib of a fork'],
]);

/** The content of a block, CRC checked, decompressed. Throws damage: `crc`, `compression`, `snappy`, `structure`, `too-much`. */
export function blockContent(file: Uint8Array, { offset, size }: BlockHandle, limit: number): Uint8Array {
  const end = offset + size;
  if (end + trailerSize > file.length) throw damage('structure', 'a block reaches beyond the end of the file', offset);
  const stored = unmaskedCrc(fixed32(file, end + 1));
  if (crc32c(file.subarray(offset, end + 1)) !== stored) {
    throw damage('crc', 'a block does not have the bytes its CRC was made of', offset);
  }
  const content = file.subarray(offset, end);
  const type = file[end] ?? 0;
  if (type === 0) return content;
  if (type === 1) return unsnappy(content, limit);
  const name = compressions.get(type) ?? 'unknown';
  throw damage('compression', `a block has compression ${type} (${name}); none and Snappy are read`, end);
}

/** Keys with their shared beginnings put back, in file order. Values share the block's memory. Throws damage. */
export function* blockEntries(block: Uint8Array): Generator<{ readonly key: Uint8Array; readonly value: Uint8Array }> {
  const restarts = fixed32(block, block.length - 4);
  const end = block.length - 4 - restarts * 4;
  if (end < 0) throw damage('structure', `claims ${restarts} restart points, more than it has room for`);
  const reader = byteReader(block.subarray(0, end));
  let key: Uint8Array = new Uint8Array();
  while (!reader.atEnd()) {
    const shared = reader.varint();
    const own = reader.varint();
    const length = reader.varint();
    if (shared > key.length) throw damage('structure', 'a key shares more than the one before it has', reader.offset());
    key = Buffer.concat([key.subarray(0, shared), reader.take(own)]);
    yield { key, value: reader.take(length) };
  }
}

export function blockHandle(bytes: Uint8Array): BlockHandle {
  const reader = byteReader(bytes);
  return { offset: reader.varint(), size: reader.varint() };
}
