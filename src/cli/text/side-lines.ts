import type { Difference } from '../../core/diff/differences.js';
import { fieldChangeLines, fieldLine } from './field-lines.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { fieldLabel, valueText } from './value.js';

/** A value on two sides, neither of which was there first: source, then target, `nothing` where a side has none. */
export function sideLines({ path, before, after }: Difference, style: Style): string[] {
  const field = path.slice(1);
  if (before !== undefined)
    return fieldChangeLines({ path: field, before, ...(after === undefined ? {} : { after }) }, style, {
      recognise: false,
    });
  return [fieldLine(fieldLabel(field), `nothing ${paint(style).mark.arrow} ${valueText(after)}`)];
}
