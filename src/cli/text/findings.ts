import { type Finding, hasErrors, type Severity } from '../../core/finding.js';
import { terminalSafe, terminalSafeLines } from './escape.js';
import { type Paint, paint } from './paint.js';
import type { Style } from './style.js';

/** Findings by file, files with errors first, by position within a file (UX, principle 4). */
export function renderFindings(
  findings: readonly Finding[],
  style: Style,
  /** The text a finding's position counts in, by file, where it is at hand: the line is shown with a caret. */
  texts: ReadonlyMap<string, string> = new Map(),
): string {
  const files = [...new Set(findings.map((finding) => finding.file))].map((file) =>
    findings.filter((finding) => finding.file === file),
  );
  const worstFirst = [...files.filter(hasErrors), ...files.filter((group) => !hasErrors(group))];
  return worstFirst
    .flat()
    .map((finding) => renderFinding(finding, style, texts.get(finding.file)))
    .join('\n');
}

/** `1 error and 2 warnings`; '' when there is nothing to count. */
export function countFindings(findings: readonly Finding[]): string {
  const of = (severity: Severity, one: string, many: string) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${count === 1 ? one : many}`];
  };
  const parts = [
    ...of('error', 'error', 'errors'),
    ...of('warning', 'warning', 'warnings'),
    ...of('info', 'note', 'notes'),
  ];
  const last = parts.pop() ?? '';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}

function renderFinding(finding: Finding, style: Style, text: string | undefined): string {
  const pen = paint(style);
  const position = finding.line === undefined ? '' : `:${finding.line}:${finding.column ?? 1}`;
  const head = `${pen.bold(terminalSafe(finding.file) + position)}  ${severityWord(finding.severity, pen)}  ${terminalSafe(finding.rule)}`;
  const source = text === undefined ? [] : sourceLines(finding, text, style, pen);
  const message = terminalSafeLines(finding.message).map((line) => `  ${line}`);
  const hints = finding.hint === undefined ? [] : terminalSafeLines(finding.hint);
  // Two ways out carry their own question ("meant it?", "did not?"); one is simply the fix.
  const hint = hints.map((line) => (hints.length === 1 ? `  fix: ${line}` : `  ${line}`));
  return [head, ...source, ...message, ...hint].join('\n');
}

function severityWord(severity: Severity, pen: Paint): string {
  if (severity === 'error') return pen.red('error');
  return severity === 'warning' ? pen.yellow('warning') : pen.blue('info');
}

/** The line before, the line itself, and a caret below its column. */
function sourceLines(finding: Finding, text: string, style: Style, pen: Paint): string[] {
  const { line, column = 1 } = finding;
  const lines = text.split('\n');
  const source = line === undefined ? undefined : lines[line - 1];
  if (line === undefined || source === undefined) return [];
  const bar = style.unicode ? '│' : '|';
  const width = String(line).length;
  const room = Math.max(style.width - width - 5, 20);
  const before = lines[line - 2];
  const context =
    before === undefined ? [] : [pen.dim(`  ${String(line - 1).padStart(width)} ${bar} ${clip(before, room)}`)];
  const caret = terminalSafe(source.slice(0, column - 1)).length;
  const pointer = caret < room ? [`  ${' '.repeat(width)} ${bar} ${' '.repeat(caret)}${pen.red('^')}`] : [];
  return [...context, `> ${line} ${bar} ${clip(source, room)}`, ...pointer];
}

function clip(source: string, room: number): string {
  const safe = terminalSafe(source.replace(/\r$/, ''));
  return safe.length > room ? `${safe.slice(0, room - 3)}...` : safe;
}
