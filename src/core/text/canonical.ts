import stableStringify from 'json-stable-stringify';
import type { Json } from '../json.js';
import { type LineColumn, lineColumn } from './line-column.js';
import { isSorted } from './sorted.js';

/**
 * The one text of a value (FORMAT §2): keys by UTF-16 code unit, two spaces, LF, `{}` and `[]` when empty, final LF.
 * The value must be one that strict reading accepts: this does not look for lone surrogates, −0 or unsafe numbers.
 */
export function canonicalize(value: Json): string {
  const text = isSorted(value)
    ? JSON.stringify(value, null, 2)
    : stableStringify(value, { space: 2, collapseEmpty: true });
  if (text === undefined) throw new TypeError('not a JSON value');
  return `${text}\n`;
}

/** Where a text first differs from its canonical form: the position of `text-canonical`. */
export function firstDifference(text: string, canonical: string): LineColumn {
  let at = 0;
  while (at < text.length && text.charCodeAt(at) === canonical.charCodeAt(at)) at += 1;
  return lineColumn(text, at);
}
