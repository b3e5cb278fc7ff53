import { damage } from './damage.js';

/** Reads forward through bytes; past the end, or a number beyond 2^53-1, is damage. */
export type ByteReader = {
  readonly offset: () => number;
  readonly atEnd: () => boolean;
  readonly byte: () => number;
  /** Little-endian base-128, as LevelDB writes lengths, numbers and tags. */
  readonly varint: () => number;
  /** Shares the memory of what is read. */
  readonly take: (length: number) => Uint8Array;
  /** `take` of as many bytes as a varint says. */
  readonly prefixed: () => Uint8Array;
};

export function byteReader(bytes: Uint8Array, start = 0): ByteReader {
  let at = start;
  const reader: ByteReader = {
    offset: () => at,
    atEnd: () => at >= bytes.length,
    byte() {
      const value = bytes[at];
      if (value === undefined) throw damage('structure', 'ends in the middle of a value', at);
      at += 1;
      return value;
    },
    varint() {
      let value = 0;
      for (let factor = 1; factor <= 2 ** 63; factor *= 128) {
        const byte = reader.byte();
        value += (byte & 0x7f) * factor;
        if (value > Number.MAX_SAFE_INTEGER) break;
        if (byte < 0x80) return value;
      }
      throw damage('structure', 'holds a number that is too large', at);
    },
    take(length) {
      if (length > bytes.length - at) {
        throw damage('structure', `a length of ${length} reaches beyond the end of what holds it`, at);
      }
      at += length;
      return bytes.subarray(at - length, at);
    },
    prefixed: () => reader.take(reader.varint()),
  };
  return reader;
}

export function fixed32(bytes: Uint8Array, at: number): number {
  const value =
    (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 2 ** 8 + (bytes[at + 2] ?? 0) * 2 ** 16 + (bytes[at + 3] ?? 0) * 2 ** 24;
  if (at < 0 || at + 4 > bytes.length) throw damage('structure', 'ends in the middle of a number', at);
  return value;
}

/** Up to 2^53-1; more is damage: no LevelDB has seen so many writes. */
export function safeNumber(low: number, high: number, offset: number): number {
  const value = low + high * 2 ** 32;
  if (Number.isSafeInteger(value)) return value;
  throw damage('structure', 'holds a number that is too large', offset);
}
