import type { Json } from '../../core/json.js';
import { rfc8785 } from '../../core/text/rfc8785.js';
import { isAddressText } from '../../core/values/address-text.js';
import type { Style } from './style.js';
import { terminalSafe } from './escape.js';

const width = 64;

/**
 * Any value on one line: an address whole, text as it is, the rest as canonical JSON. What is long ends at a comma where
 * there is one and says how long it is: half an address would look like another.
 */
export function shortValue(value: Json, style: Style): string {
  const text = typeof value === 'string' ? value : rfc8785(value);
  const safe = terminalSafe(text);
  if (safe.length <= width || (typeof value === 'string' && isAddressText(value))) return safe;
  const start = text.slice(0, width);
  const cut = typeof value === 'string' ? -1 : start.lastIndexOf(',');
  const kept = terminalSafe(cut > 0 ? start.slice(0, cut + 1) : start);
  return `${kept}${style.unicode ? '…' : '...'} (${text.length.toLocaleString('en-US')} characters)`;
}
