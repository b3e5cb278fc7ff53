import type { SealPlan, Sealing } from '../../commands/seal.js';
import { terminalSafe } from './escape.js';
import { fieldChangeLines, fieldLine } from './field-lines.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';
import { shortHash } from './value.js';

/**
 * Every record and section whose checksum does not hold, below a line that counts them, each with what changed since
 * HEAD; '' for nothing.
 */
export function renderSealing(plan: SealPlan, style: Style): string {
  const { records, sections } = plan;
  if (records.length + sections.length === 0) return '';
  const head = `${sealingCount(plan)} ${whyText(plan)}:`;
  const sectionLines = sections.flatMap(({ file, key, before, after }) => [
    `${terminalSafe(file)}: section ${terminalSafe(key)}`,
    ...fieldChangeLines({ path: 'checksum', before, after }, style, { recognise: false }),
  ]);
  const lines = [...records.flatMap((record) => recordLines(record, style)), ...sectionLines];
  return [head, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** `2 records and 1 section`. */
export function sealingCount({ records, sections }: SealPlan): string {
  const parts = [
    ...(records.length === 0 ? [] : [counted(records.length, 'record')]),
    ...(sections.length === 0 ? [] : [counted(sections.length, 'section')]),
  ];
  return parts.join(' and ');
}

function whyText({ records, sections }: SealPlan): string {
  const isOne = records.length + sections.length === 1;
  const unsealed = records.filter(({ before }) => before === null).length;
  if (unsealed > 0 && unsealed === records.length + sections.length) return `${isOne ? 'has' : 'have'} no checksum yet`;
  const mismatch = isOne ? 'does not match its checksum' : 'do not match their checksums';
  return unsealed === 0 ? mismatch : `${mismatch} or have none yet`;
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
  const hash = shortHash(record.codeHash ?? undefined);
  const warning =
    record.change?.danger === 'same-code-hash'
      ? [
          `  ${pen.yellow(pen.mark.warning)} code hash ${hash ?? ''} is unchanged: if the code is new, its hash is missing`,
        ]
      : [];
  return [head, ...fields.flatMap((field) => fieldChangeLines(field, style, { recognise: false })), ...warning];
}
