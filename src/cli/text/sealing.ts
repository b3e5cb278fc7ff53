import type { SealPlan, Sealing } from '../../commands/seal.js';
import { terminalSafe } from './escape.js';
import { fieldChangeLines, fieldLine } from './field-lines.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';

/** Every record and section whose checksum does not hold, with what changed since HEAD; '' for nothing. */
export function renderSealing({ records, sections }: SealPlan, style: Style): string {
  const sectionLines = sections.flatMap(({ file, key, before, after }) => [
    `${terminalSafe(file)}: section ${terminalSafe(key)}`,
    ...fieldChangeLines({ path: 'checksum', before, after }, style, { recognise: false }),
  ]);
  return [...records.flatMap((record) => recordLines(record, style)), ...sectionLines].join('\n');
}

/** `2 records and 1 section`. */
export function sealingCount({ records, sections }: SealPlan): string {
  const parts = [
    ...(records.length === 0 ? [] : [counted(records.length, 'record')]),
    ...(sections.length === 0 ? [] : [counted(sections.length, 'section')]),
  ];
  return parts.join(' and ');
}

function recordLines(record: Sealing, style: Style): string[] {
  const head = `${terminalSafe(record.network)} / ${terminalSafe(record.name)}`;
  const checksum =
    record.before === null
      ? fieldLine('checksum', 'none yet')
      : fieldLine('checksum', 'does not match; HEAD has no other fields to compare with');
  const fields = record.change?.fields ?? [];
  if (fields.length === 0) return [head, checksum];
  const pen = paint(style);
  const warning =
    record.change?.danger === 'same-code-hash'
      ? [`  ${pen.yellow(pen.mark.warning)} the code hash is unchanged: if the code is new, its hash is missing`]
      : [];
  return [head, ...fields.flatMap((field) => fieldChangeLines(field, style, { recognise: false })), ...warning];
}
