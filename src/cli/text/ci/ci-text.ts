import { type CiResult, ciRefusals, isRefused } from '../../../commands/ci.js';
import { noChangeText, renderDiff } from '../diff-text.js';
import { terminalSafe } from '../escape.js';
import { countFindings, renderFindings } from '../findings.js';
import { paint } from '../paint.js';
import { renderRefusal } from '../refusal.js';
import type { Style } from '../style.js';
import { alignedLines } from '../table.js';
import { type CheckRow, checkRows } from './check-rows.js';
import { type CiWords, ciNotes, judgedBy, localCommands, reviewed } from './reviewed.js';

/** A CI run as a log shows it: what changed, what is wrong, what was judged. */
export function renderCi(result: CiResult, words: CiWords, style: Style): string {
  const review = reviewed(result, words);
  const blocks = [
    ...ciNotes(result, words, terminalSafe).map((note) => `${paint(style).yellow(paint(style).mark.warning)} ${note}`),
    ...(review === null ? [] : [[renderDiff(review, style), ...noChangeText(review)].join('')]),
    findingBlock(result, style),
    checkTable(result, words, style),
    ...ciRefusals(result).map((refusal) => renderRefusal(refusal, style, { writes: false })),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

/** The last word of a run. */
export function ciClosing(result: CiResult, words: CiWords, style: Style): string {
  const pen = paint(style);
  const judged = judgedBy(result, words, terminalSafe);
  const failed = ciRefusals(result).length > 0 || isRefused(result);
  if (!failed) return `${pen.green(pen.mark.done)} Nothing stands against it. ${judged}`;
  const found = countFindings(result.findings.filter(({ severity }) => severity === 'error'));
  const why = [
    ...(found === '' ? [] : [found]),
    ...(result.range.relation === 'rewritten' ? ['history is rewritten'] : []),
    ...(ciRefusals(result).length > 0 ? ['a judgement could not be made'] : []),
  ].join(', ');
  const again = words.baseRevision === null ? '' : ` At home: ${terminalSafe(localCommands(words))}`;
  return `${pen.red(pen.mark.error)} Refused: ${why}. ${judged}${again}`;
}

const shownFindings = 50;

function findingBlock({ findings }: CiResult, style: Style): string {
  const errorsFirst = [
    ...findings.filter(({ severity }) => severity === 'error'),
    ...findings.filter(({ severity }) => severity !== 'error'),
  ];
  const rest = findings.length - shownFindings;
  const more = rest > 0 ? `\nand ${rest.toLocaleString('en-US')} more findings; --reporter concise lists them` : '';
  return renderFindings(errorsFirst.slice(0, shownFindings), style) + more;
}

function checkTable(result: CiResult, { baseName }: CiWords, style: Style): string {
  const rows = checkRows(result, baseName, terminalSafe);
  return alignedLines(rows.map((row) => [`${markOf(row, style)} ${row.check}`, row.result])).join('\n');
}

function markOf({ status }: CheckRow, style: Style): string {
  const pen = paint(style);
  if (status === 'done') return pen.green(pen.mark.done);
  if (status === 'error') return pen.red(pen.mark.error);
  return status === 'warning' ? pen.yellow(pen.mark.warning) : '-';
}
