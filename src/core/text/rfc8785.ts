import serialize from 'canonicalize';
import type { Json } from '../json.js';

/** The RFC 8785 form of a value: what checksums and content ids are computed over (FORMAT §7, §11). */
export function rfc8785(value: Json): string {
  const text = serialize(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}
