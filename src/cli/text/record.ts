import type { Json } from '../../core/json.js';
import { member } from '../../core/json.js';
import { recordChecksum } from '../../core/model/checksum.js';
import { compareFieldNames } from '../../core/model/fields.js';
import type { StateRecord } from '../../core/model/record.js';
import { isAddressText } from '../../core/values/address-text.js';
import { headLine, placeText } from './changes.js';
import { terminalSafe } from './escape.js';
import { fieldLine } from './field-lines.js';
import { type Paint, paint } from './paint.js';
import type { Style } from './style.js';
import { minuteText, secondText } from './time.js';
import { fieldLabel, leaves, valueText } from './value.js';

/** The commit that changed a record last. */
export type LastChange = { readonly commit: string; readonly time: string; readonly author: string };

/** One record as `get` shows it (UX). `asked` is what the user gave: an address is marked where it stands. */
export function renderRecord(
  record: StateRecord,
  options: { asked: string; lastChange: LastChange | null },
  style: Style,
): string {
  const pen = paint(style);
  const head = `${pen.bold(terminalSafe(record.name))} on ${terminalSafe(record.network)}`;
  const fields = Object.keys(record.fields)
    .filter((field) => field !== 'checksum')
    .sort(compareFieldNames);
  return [
    headLine(head, placeText(record.chainId, record.category)),
    ...fields.flatMap((field) => fieldLines(field, member(record.fields, field) ?? null, options.asked)),
    fieldLine('checksum', checksumText(record, pen)),
    ...(options.lastChange === null ? [] : [fieldLine('last change', lastChangeText(options.lastChange))]),
  ].join('\n');
}

function fieldLines(field: string, value: Json, asked: string): string[] {
  if (typeof value === 'number' && (field === 'timestamp' || field === 'firstDeployedAt')) {
    return [fieldLine(field === 'timestamp' ? 'deployed' : 'first deployed', secondText(value))];
  }
  const isAsked = isAddressText(asked) && typeof value === 'string' && value.toLowerCase() === asked.toLowerCase();
  if (isAsked) return [fieldLine(fieldLabel(field), `${valueText(value)}  (this is the address you gave)`)];
  // Only the first of several lines carries the field's own name.
  return leaves(value, '').map((leaf, i) =>
    fieldLine(withKey(i === 0 ? fieldLabel(field) : '', leaf.label), valueText(leaf.value)),
  );
}

/** `arguments    0`: the key of a part stands at the right end of the labels. */
function withKey(label: string, key: string): string {
  return key === '' ? label : `${label}${key.padStart(Math.max(key.length + 1, 14 - label.length))}`;
}

function checksumText(record: StateRecord, pen: Paint): string {
  const checksum = member(record.fields, 'checksum');
  if (checksum === undefined) return pen.yellow(`${pen.mark.warning} none: the record is unsealed`);
  if (checksum === recordChecksum(record)) return pen.green(`${pen.mark.done} matches`);
  return pen.red(`${pen.mark.error} does not match: edited by hand?`);
}

function lastChangeText({ commit, time, author }: LastChange): string {
  return `${commit.slice(0, 7)}  ${minuteText(time)} UTC  ${terminalSafe(author)}`;
}
