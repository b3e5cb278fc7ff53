import type { Decided } from '../../commands/migration/decide-discrepancies.js';
import type { FoundDiscrepancies, KnownDiscrepancy } from '../../commands/migration/find-discrepancies.js';
import { type Discrepancy, isCode } from '../../core/reconcile/discrepancy.js';
import type { Evidence } from '../../core/reconcile/evidence.js';
import { cut } from './cut.js';
import { terminalSafe } from './escape.js';
import { fieldLine } from './field-lines.js';
import { paint } from './paint.js';
import { sideLines } from './side-lines.js';
import type { Style } from './style.js';
import { counted } from './table.js';
import { fieldLabel } from './value.js';

/** The report of `migrate reconcile`: each discrepancy with both values, what is known about it, and what was decided. */
export function discrepancyReport(
  { discrepancies, unreadable }: FoundDiscrepancies,
  decided: ReadonlyMap<number, Decided>,
  style: Style,
): string {
  const pen = paint(style);
  const blocks = discrepancies.map((known, at) => {
    const decision = decided.get(at);
    const mark = decision === undefined ? pen.red(pen.mark.error) : pen.blue(pen.mark.info);
    const title = `${mark} ${discrepancyTitle(known.discrepancy)}`;
    return [title, ...discrepancyLines(known, style), decisionLine(decision)].join('\n');
  });
  const lost = unreadable.map(({ key, reason }) => `  ${terminalSafe(key)}  ${terminalSafe(reason ?? '')}`);
  const unread = `${pen.red(pen.mark.error)} In the LevelDB, no contract, and in no quarantine: ${counted(lost.length, 'entry', 'entries')}`;
  return [...cut(blocks, '--json lists all'), ...(lost.length === 0 ? [] : [[unread, ...lost].join('\n')])].join(
    '\n\n',
  );
}

/** `bsctestnet / FeeManager: implementation, code hash differ`. */
export function discrepancyTitle(discrepancy: Discrepancy): string {
  const { network, contractName, kind, fields } = discrepancy;
  const place = terminalSafe(`${network} / ${contractName}`);
  if (kind === 'only-leveldb') return `${place}  is in the LevelDB only`;
  if (kind === 'only-git') return `${place}  is in Git only`;
  const together = isCode(discrepancy) && fields.length > 1 ? ', taken together' : '';
  return `${place}  ${fields.map(fieldLabel).join(', ')}: LevelDB and Git differ${together}`;
}

/** Both values, LevelDB first, and the evidence. */
export function discrepancyLines({ discrepancy, evidence }: KnownDiscrepancy, style: Style): string[] {
  const values = discrepancy.differences.flatMap((one) => sideLines(one, style));
  return [...values, ...evidence.map(evidenceLine)];
}

function evidenceLine({ side, text }: Evidence): string {
  const speaksFor = side === null ? 'known' : side === 'git' ? 'for Git' : 'for the LevelDB';
  return fieldLine(speaksFor, terminalSafe(text));
}

function decisionLine(decided: Decided | undefined): string {
  if (decided === undefined) return fieldLine('decided', 'nothing, a person decides');
  const by = decided.by === 'rule' ? 'by the rule' : decided.by === 'named' ? 'as named' : 'as answered';
  return fieldLine('decided', `${decided.side === 'git' ? 'Git' : 'the LevelDB'} is right, ${by}`);
}
