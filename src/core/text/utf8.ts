/**
 * The exact text of UTF-8 bytes, a BOM included; or, when they are not UTF-8, the text before the first bad
 * byte (a truncated character is bad from its first byte).
 */
export function decodeUtf8(
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly before: string; readonly byte: number } {
  const text = decode(bytes, { whole: true });
  if (text !== null) return { ok: true, text };
  const before = validPrefix(bytes);
  return { ok: false, before, byte: bytes[new TextEncoder().encode(before).length] ?? 0 };
}

function validPrefix(bytes: Uint8Array): string {
  let known = '';
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1;
    const prefix = decode(bytes.subarray(0, middle), { whole: false });
    if (prefix === null) bad = middle;
    else {
      good = middle;
      known = prefix;
    }
  }
  return known;
}

/** Null when the bytes are not UTF-8; not `whole` lets the last character be incomplete, and leaves it out. */
function decode(bytes: Uint8Array, { whole }: { whole: boolean }): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: !whole });
  } catch (error) {
    // Undecodable bytes are a TypeError; a RangeError (a text longer than an ES string) is not our subject.
    if (error instanceof TypeError) return null;
    throw error;
  }
}
