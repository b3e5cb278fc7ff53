import { type CiResult, ciRefusals, isRefused } from '../../../commands/ci.js';
import type { Finding } from '../../../core/finding.js';
import type { StateManagerError } from '../../../errors.js';
import { commentMarker, diffMarkdown, type MarkdownOptions, type Verdict } from '../diff-markdown.js';
import { markdownCode } from '../escape-markdown.js';
import { countFindings } from '../findings.js';
import { shortened } from '../shortened.js';
import { type CheckRow, checkRows } from './check-rows.js';
import { matrixTables } from './ci-matrix.js';
import { type CiWords, ciNotes, judgedBy, localCommands, reviewed, sinceLastPush } from './reviewed.js';

/** Below what GitHub takes, 65,536 characters; counted in bytes. */
const commentLimit = 65_000;
/** GitHub takes 1 MiB for the summaries of a step; what other steps wrote stands there too. */
const summaryLimit = 900_000;

/** The comment of a pull request; null where no state is touched and nothing stands against it. */
export function ciComment(result: CiResult, words: CiWords): string | null {
  return touchesState(result) ? bodyOf(result, words, { limit: commentLimit }) : null;
}

/** What becomes of a comment whose pull request does not touch state any more. */
export const noChangesComment = `${commentMarker}\n### ✔ No state changes any more\n`;

/** The comment where the two sides could not even be found. */
export function refusedComment(refusal: StateManagerError): string {
  const hint = refusal.hint === undefined ? [] : [`Next: ${code(refusal.hint)}`];
  return [commentMarker + '\n### ✖ The state could not be judged', code(refusal.message), ...hint, ''].join('\n\n');
}

/** The summary of a job: everything, nothing folded, then all findings and what runs where, as far as they fit. */
export function ciSummary(result: CiResult, words: CiWords): string {
  const body = bodyOf(result, words, { limit: summaryLimit / 2, unfolded: true });
  const table = findingTable(result.findings, (summaryLimit - Buffer.byteLength(body)) / 2);
  const above = [body.trimEnd(), ...table].join('\n\n');
  return `${[above, ...matrixPart(result, summaryLimit - Buffer.byteLength(above))].join('\n\n')}\n`;
}

function matrixPart({ matrices }: CiResult, limit: number): string[] {
  if (matrices === null) return [];
  if ('value' in matrices) return matrixTables(matrices.value, limit);
  return [`#### What runs where\n\nCould not be computed: ${code(matrices.refusal.message)}`];
}

function touchesState(result: CiResult): boolean {
  const { changed } = result;
  if (hasFailed(result) || changed === null || !('value' in changed)) return true;
  const { diff, files } = changed.value;
  return files.files.length > 0 || (diff?.networks.length ?? 0) > 0;
}

function hasFailed(result: CiResult): boolean {
  return isRefused(result) || ciRefusals(result).length > 0;
}

function bodyOf(result: CiResult, words: CiWords, options: Pick<MarkdownOptions, 'limit' | 'unfolded'>): string {
  const review = reviewed(result, words);
  const verdict = verdictOf(result, words);
  if (review === null) return `${withoutDiff(result, verdict)}\n`;
  return `${diffMarkdown(review, { ...options, verdict, ...(words.page === null ? {} : { link: words.page }) })}\n`;
}

function verdictOf(result: CiResult, words: CiWords): Verdict {
  return {
    failed: hasFailed(result),
    judged: judgedBy(result, words, code),
    notes: ciNotes(result, words, code).map((note) => `**${noteMark} ${note}**`),
    checks: checkTable(result, words),
    commands: [markdownCode(localCommands(words)), ...sinceLastPush(result)].join(' · '),
  };
}

const noteMark = '▲';

/** The changes are what could not be computed, or there is nothing to compare with. */
function withoutDiff({ changed, range }: CiResult, { failed, judged, notes, checks }: Verdict): string {
  const what = changed === null ? 'The whole state was judged' : 'What changed could not be computed';
  const title = `### ${failed ? '✖' : '✔'} ${what}${failed && changed === null ? '; a check failed' : ''}`;
  return [`${commentMarker}\n${title}\n${markdownCode(range.head.slice(0, 7))}. ${judged}`, ...notes, checks].join(
    '\n\n',
  );
}

function checkTable(result: CiResult, { baseName, page }: CiWords): string {
  const link = page === null ? '' : ` · [all](${page})`;
  const rows = checkRows(result, baseName, code).map((row) => {
    const text = [marks[row.status], row.result].filter((part) => part !== '').join(' ');
    return `| ${row.check} | ${text}${row.status === 'error' || row.status === 'warning' ? link : ''} |`;
  });
  return ['| Check | Result |', '|---|---|', ...rows].join('\n');
}

const marks: Readonly<Record<CheckRow['status'], string>> = { done: '✔', warning: '▲', error: '✖', none: '' };

function findingTable(findings: readonly Finding[], limit: number): string[] {
  if (findings.length === 0) return [];
  const order = ['error', 'warning', 'info'];
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  const head = [`#### ${countFindings(findings)}`, '', '| | Rule | Where | What |', '|---|---|---|---|'];
  const lines: string[] = [];
  let room = limit - Buffer.byteLength(head.join('\n')) - 200;
  for (const finding of sorted) {
    const line = findingLine(finding);
    room -= Buffer.byteLength(line) + 1;
    if (room < 0) break;
    lines.push(line);
  }
  const rest = sorted.length - lines.length;
  const more = rest === 0 ? [] : [`| | | | and ${rest.toLocaleString('en-US')} more, left out for their length |`];
  return [[...head, ...lines, ...more].join('\n')];
}

function findingLine({ severity, rule, file, line, column = 1, message }: Finding): string {
  const place = `${shortened(file, 400)}${line === undefined ? '' : `:${line}:${column}`}`;
  return `| ${severity} | ${code(rule)} | ${markdownCode(place)} | ${code(message)} |`;
}

function code(text: string): string {
  return markdownCode(shortened(text.replaceAll('\n', '; '), 400));
}
