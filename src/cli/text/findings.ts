import type { HandEdit } from '../../core/diff/hand-edits.js';
import { type Finding, hasErrors, type Severity } from '../../core/finding.js';
import { terminalSafe, terminalSafeLines } from './escape.js';
import { type Paint, paint } from './paint.js';
import { sourceExcerpt, type Spot } from './source-excerpt.js';
import type { Style } from './style.js';
import { counted } from './table.js';
import { valueText } from './value.js';

/** Findings by file, files with errors first, by position within a file (UX, principle 4). */
export function renderFindings(
  findings: readonly Finding[],
  style: Style,
  /** The text a finding's position counts in, by file, where it is at hand: the line is shown with a caret. */
  texts: ReadonlyMap<string, string> = new Map(),
  /** What was changed in records that no longer match their checksum: these lines are shown instead of the checksum's. */
  edits: readonly HandEdit[] = [],
): string {
  const files = [...new Set(findings.map((finding) => finding.file))].map((file) =>
    findings.filter((finding) => finding.file === file),
  );
  const worstFirst = [...files.filter(hasErrors), ...files.filter((group) => !hasErrors(group))];
  return worstFirst
    .flat()
    .map((finding) => renderFinding(finding, style, texts.get(finding.file), editsOf(finding, edits)))
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

function editsOf({ rule, file, contract }: Finding, edits: readonly HandEdit[]): readonly HandEdit[] {
  if (rule !== 'checksum-mismatch') return [];
  return edits.filter((edit) => edit.file === file && edit.contract === contract);
}

function renderFinding(finding: Finding, style: Style, text: string | undefined, edits: readonly HandEdit[]): string {
  const pen = paint(style);
  const { line, column = 1 } = finding;
  const position = line === undefined ? '' : `:${line}:${column}`;
  const head = `${pen.bold(terminalSafe(finding.file) + position)}  ${severityWord(finding.severity, pen)}  ${terminalSafe(finding.rule)}`;
  const own = line === undefined ? [] : [{ line, column }];
  const spots = edits.length === 0 ? own : edits.slice(0, shownEdits).map(spotOf);
  const source = text === undefined ? [] : spots.flatMap((spot) => sourceExcerpt(text, spot, style));
  const message = terminalSafeLines(finding.message).map((each) => `  ${each}`);
  return [head, ...source, ...message, ...changedLines(edits), ...hintLines(finding)].join('\n');
}

const shownEdits = 5;

function spotOf(edit: HandEdit): Spot {
  const { line, column, before, after } = edit;
  const note = before === undefined ? 'not in HEAD' : `was ${valueText(before)} in HEAD`;
  return { line, column, note: after === undefined ? `gone: ${note}` : note };
}

/** `  Changed since HEAD: line 39`, for the eye that looks for the edit and not for the checksum. */
function changedLines(edits: readonly HandEdit[]): string[] {
  const lines = [...new Set(edits.map(({ line }) => line))];
  if (lines.length === 0) return [];
  const shown = lines.slice(0, shownEdits).join(', ');
  const rest = lines.length > shownEdits ? ` and ${counted(lines.length - shownEdits, 'more line')}` : '';
  return [`  Changed since HEAD: ${lines.length === 1 ? 'line' : 'lines'} ${shown}${rest}`];
}

/** Two ways out carry their own question ("meant it?", "did not?"); one is simply the fix. */
function hintLines({ hint, rule }: Finding): string[] {
  if (hint === undefined) return [];
  const lines = terminalSafeLines(hint);
  if (lines.length === 1) return lines.map((line) => `  fix: ${line}`);
  return [...lines, `more       stateroot validate --explain ${terminalSafe(rule)}`].map((line) => `  ${line}`);
}

function severityWord(severity: Severity, pen: Paint): string {
  if (severity === 'error') return pen.red('error');
  return severity === 'warning' ? pen.yellow('warning') : pen.blue('info');
}
