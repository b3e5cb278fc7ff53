import { decodeUtf8 } from '../text/utf8.js';

/**
 * The text of a database key: itself, if it is UTF-8. Bytes that are not become `\xNN`, and then every backslash too;
 * so does a key that holds such an escape as plain text. `keyBytes` gives the exact bytes back.
 */
export function keyText(key: Uint8Array): string {
  const decoded = decodeUtf8(key);
  if (decoded.ok) return escapes.test(decoded.text) ? decoded.text.replaceAll('\\', '\\x5c') : decoded.text;
  return escapeBytes(key);
}

export function keyBytes(text: string): Uint8Array {
  if (!escapes.test(text)) return Buffer.from(text, 'utf8');
  const parts = text.split(/\\x([0-9a-f]{2})/);
  return Buffer.concat(parts.map((part, i) => Buffer.from(part, i % 2 === 1 ? 'hex' : 'utf8')));
}

export function isUtf8(bytes: Uint8Array): boolean {
  return decodeUtf8(bytes).ok;
}

const escapes = /\\x[0-9a-f]{2}/;

function escapeBytes(key: Uint8Array): string {
  const printable = (byte: number): boolean => byte >= 0x20 && byte < 0x7f && byte !== 0x5c;
  const shown = (byte: number): string =>
    printable(byte) ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
  return Array.from(key, shown).join('');
}
