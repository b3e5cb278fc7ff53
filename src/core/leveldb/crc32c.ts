/** CRC-32C (Castagnoli) of `parts` one after the other, as an unsigned 32-bit number. */
export function crc32c(...parts: readonly Uint8Array[]): number {
  let state = crcStart;
  for (const part of parts) state = crcNext(state, part);
  return crcEnd(state);
}

/** The running form: `crcEnd` of a state is the CRC of what went in so far. */
export const crcStart = 0xffffffff;

export function crcNext(state: number, bytes: Uint8Array): number {
  let crc = state;
  for (const byte of bytes) crc = crcByte(crc, byte);
  return crc;
}

export function crcByte(state: number, byte: number): number {
  return (table[(state ^ byte) & 0xff] ?? 0) ^ (state >>> 8);
}

export function crcEnd(state: number): number {
  return ~state >>> 0;
}

/** LevelDB stores CRCs masked: a CRC over bytes that hold their own CRC would say little. */
export function unmaskedCrc(masked: number): number {
  const rotated = (masked - 0xa282ead8) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}

const table = Int32Array.from({ length: 256 }, (_, n) => {
  let crc = n;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? 0x82f63b78 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});
