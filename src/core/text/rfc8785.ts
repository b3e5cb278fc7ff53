import serialize from 'canonicalize';
import type { Json } from '../json.js';
import { isSorted } from './sorted.js';

/** The RFC 8785 form of a value: what checksums and content ids are computed over (FORMAT §7, §11). */
export function rfc8785(value: Json): string {
  if (isSorted(value)) {
    const plain = JSON.stringify(value);
    // Half of a surrogate pair is written so, and has no RFC 8785 form.
    if (!plain.includes('\\ud')) return plain;
  }
  const text = serialize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}
