import { byteReader } from './byte-reader.js';
import { damage } from './damage.js';

/** Three bytes can stand for 64 at most, so a block that claims more is a bomb or damaged, and nothing is allocated. */
const mostExpansion = 22;

/** Decompresses one raw Snappy block. Throws damage: `snappy`, `structure`, `too-much` beyond `limit` bytes. */
export function unsnappy(bytes: Uint8Array, limit: number): Uint8Array {
  const reader = byteReader(bytes);
  const length = reader.varint();
  if (length > limit) throw damage('too-much', `claims to hold ${length} bytes; ${limit} is the limit`);
  if (length > bytes.length * mostExpansion) throw damage('snappy', `claims to hold ${length} bytes, which it cannot`);
  const out = new Uint8Array(length);
  let at = 0;
  while (!reader.atEnd()) {
    const tag = reader.byte();
    if ((tag & 3) === 0) {
      const literal = reader.take(literalLength(tag >>> 2, reader.byte));
      if (literal.length > length - at) throw damage('snappy', 'holds more than it claims', reader.offset());
      out.set(literal, at);
      at += literal.length;
      continue;
    }
    const [count, distance] = copyOf(tag, reader.byte);
    if (distance === 0 || distance > at || count > length - at) {
      throw damage('snappy', 'copies from outside of what it holds', reader.offset());
    }
    for (let i = 0; i < count; i += 1, at += 1) out[at] = out[at - distance] ?? 0;
  }
  if (at !== length) throw damage('snappy', `holds ${at} bytes and claims ${length}`);
  return out;
}

function literalLength(code: number, byte: () => number): number {
  return code < 60 ? code + 1 : littleEndian(code - 59, byte) + 1;
}

function copyOf(tag: number, byte: () => number): readonly [count: number, distance: number] {
  if ((tag & 3) === 1) return [((tag >>> 2) & 7) + 4, (tag >>> 5) * 256 + byte()];
  return [(tag >>> 2) + 1, littleEndian((tag & 3) === 2 ? 2 : 4, byte)];
}

function littleEndian(size: number, byte: () => number): number {
  let value = 0;
  for (let i = 0; i < size; i += 1) value += byte() * 256 ** i;
  return value;
}
