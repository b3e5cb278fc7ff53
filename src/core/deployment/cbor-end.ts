/** Deeper than any metadata; a limit, because code that is no CBOR may look like a tower of lists. */
const deepest = 16;

/** Where the CBOR item that begins at `start` ends (RFC 8949, definite lengths only); null where it is none, or not whole. */
export function cborEnd(bytes: Uint8Array, start: number, depth = 0): number | null {
  const first = bytes[start];
  if (first === undefined || depth > deepest) return null;
  const head = argumentOf(bytes, start, first & 31);
  if (head === null) return null;
  const kind = first >> 5;
  if (kind === 2 || kind === 3) return within(bytes, head.end + head.value);
  if (kind === 4) return itemsEnd(bytes, head.end, head.value, depth);
  if (kind === 5) return itemsEnd(bytes, head.end, 2 * head.value, depth);
  if (kind === 6) return cborEnd(bytes, head.end, depth + 1);
  return head.end;
}

/** The number in a head: small ones stand in its first byte, others in the 1, 2, 4 or 8 that follow. */
function argumentOf(bytes: Uint8Array, start: number, short: number): { value: number; end: number } | null {
  if (short < 24) return { value: short, end: start + 1 };
  if (short > 27) return null;
  const end = start + 1 + 2 ** (short - 24);
  if (end > bytes.length) return null;
  const value = bytes.subarray(start + 1, end).reduce((sum, byte) => sum * 256 + byte, 0);
  return { value, end };
}

function itemsEnd(bytes: Uint8Array, start: number, count: number, depth: number): number | null {
  let end: number | null = start;
  for (let item = 0; item < count && end !== null; item += 1) end = cborEnd(bytes, end, depth + 1);
  return end;
}

function within(bytes: Uint8Array, end: number): number | null {
  return end <= bytes.length ? end : null;
}
