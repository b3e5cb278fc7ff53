import type { FieldChange } from '../../core/diff/change.js';
import type { Json } from '../../core/json.js';
import { isAddressText } from '../../core/values/address-text.js';
import { changedLeaves } from './changed-leaves.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { padded } from './table.js';
import { fieldLabel, shortHash, valueText } from './value.js';

const labelWidth = 17;

/** `  proxy            0x…`: a label and a value, the values below each other. */
export function fieldLine(label: string, value: string): string {
  return `  ${padded(label, Math.max(labelWidth, label.length + 2))}${value}`;
}

/**
 * A field before and after. Addresses and long values are stacked so that the eye compares columns; what is short stands
 * on one line; arrays and objects are compared item by item. With `recognise`, code hashes have 8 digits.
 */
export function fieldChangeLines(change: FieldChange, style: Style, options: { recognise: boolean }): string[] {
  const label = fieldLabel(change.path);
  const { before, after } = change;
  const short = [shortHash(before), shortHash(after)];
  if (options.recognise && short.every((hash) => hash !== null || before === undefined || after === undefined)) {
    const known = short.filter((hash) => hash !== null);
    if (known.length > 0) return [fieldLine(label, pair(short[0] ?? null, short[1] ?? null, style))];
  }
  return changedLeaves(change).flatMap((leaf) => valueLines(leaf.label, leaf.before, leaf.after, style));
}

function valueLines(label: string, before: Json | undefined, after: Json | undefined, style: Style): string[] {
  if (before === undefined) return [fieldLine(label, valueText(after))];
  const line = `${valueText(before)} ${paint(style).mark.arrow} ${after === undefined ? 'nothing' : valueText(after)}`;
  const isStacked = [before, after].some((value) => typeof value === 'string' && isAddressText(value));
  if (!isStacked && line.length + labelWidth + 2 <= Math.min(style.width, 100)) return [fieldLine(label, line)];
  return [fieldLine(label, valueText(before)), stackedLine(label, valueText(after), style)];
}

/** The arrow hangs to the left of the column of values. */
function stackedLine(label: string, value: string, style: Style): string {
  const { arrow } = paint(style).mark;
  const column = 2 + Math.max(labelWidth, label.length + 2);
  return `${`${arrow} `.padStart(column)}${value}`;
}

function pair(before: string | null, after: string | null, style: Style): string {
  if (before === null || after === null)
    return before === null ? (after ?? '') : `${before} ${paint(style).mark.arrow} nothing`;
  return `${before} ${paint(style).mark.arrow} ${after}`;
}
