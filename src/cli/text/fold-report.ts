import type { ImportResult } from '../../commands/import-source.js';
import type { Json } from '../../core/json.js';
import type { Ambiguity } from '../../core/legacy/legacy-record.js';
import { cut } from './cut.js';
import { terminalSafe } from './escape.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted, grouped } from './table.js';

/** Files of a source that were not imported, each with its reason. */
export function passedOverLines({ data: { passedOver = [] } }: ImportResult, style: Style): string[] {
  if (passedOver.length === 0) return [];
  const colors = paint(style);
  const lines = passedOver.map(({ file, reason }) => `  ${terminalSafe(file)}  ${terminalSafe(reason)}`);
  const head = `${colors.yellow(colors.mark.warning)} Passed over ${counted(passedOver.length, 'file')}`;
  return [head, ...cut(lines, '--json lists all')];
}

/** What folding changed without losing anything: rule, file, path, and where it stands now. */
export function foldedLines({ data: { folded } }: ImportResult, style: Style): string[] {
  if (folded.length === 0) return [];
  const colors = paint(style);
  const { mark } = colors;
  const width = folded.reduce((most, { rule }) => Math.max(most, rule.length), 0);
  const lines = folded.map(({ rule, file, path, to, matched }) => {
    const where = terminalSafe(`${file} ${path}`);
    const moved = to === undefined ? '' : ` ${mark.arrow} ${terminalSafe(to)}`;
    const stale = matched === false ? '  did not hold' : '';
    return `  ${rule.padEnd(width)}  ${where}${moved}${stale}`;
  });
  const head = `${colors.blue(mark.info)} Folded ${grouped(folded.length)} into normal form, nothing was lost`;
  return [head, ...cut(lines, '--json lists all')];
}

/** An ambiguity of folding, like a finding: rule, place, and the two readings. */
export function doubtLine({ rule, file, path, kept, other }: Ambiguity): string {
  const place = terminalSafe(file === undefined ? path : `${file} ${path}`);
  return `  ${rule}  ${place}  ${valueText(kept)}, not ${valueText(other)}`;
}

/** A value in one line, cut where it is long; null is what nothing is known of. */
function valueText(value: Json): string {
  if (value === null) return 'nothing';
  const text = terminalSafe(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length <= 80 ? text : `${text.slice(0, 80)}…`;
}
