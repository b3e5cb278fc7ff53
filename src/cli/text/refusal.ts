import type { Finding } from '../../core/finding.js';
import { isObject } from '../../core/json.js';
import type { StateManagerError } from '../../errors.js';
import { terminalSafe, terminalSafeLines } from './escape.js';
import { renderFindings } from './findings.js';
import { paint } from './paint.js';
import type { Style } from './style.js';

/** A refusal in words: what and where and why, what to run next, and for a verb that writes whether it did (UX, principle 5). */
export function renderRefusal(error: StateManagerError, style: Style, options: { readonly writes: boolean }): string {
  const { red, mark } = paint(style);
  const [what = '', ...why] = terminalSafeLines(error.message);
  const next = error.hint === undefined ? [] : terminalSafeLines(error.hint);
  return [
    `${red(mark.error)} ${what}`,
    ...why.map((line) => `  ${line}`),
    ...detailLines(error, style).map((line) => `  ${line}`),
    ...next.map((line, index) => (index === 0 ? `  Next: ${line}` : `        ${line}`)),
    ...(options.writes ? [writtenLine(error)] : []),
  ].join('\n');
}

/** Findings a refusal carries; the envelope lists them beside the error. */
export function findingsOf(error: StateManagerError): readonly Finding[] {
  const findings = error.details['findings'];
  return Array.isArray(findings) ? (findings as readonly Finding[]) : [];
}

function detailLines(error: StateManagerError, style: Style): string[] {
  const findings = findingsOf(error);
  const rendered = findings.length === 0 ? [] : renderFindings(findings, style).split('\n');
  return [...rendered, ...problemLines(error.details['problems']), ...conflictLines(error.details['conflicts'])];
}

/** `details.problems`: `{path, message}` of a record that was put in. */
function problemLines(problems: unknown): string[] {
  return objects(problems).map((problem) => `${shownText(problem['path'])}  ${shownText(problem['message'])}`);
}

/** `details.conflicts` (CONTRACT §5): both sides stacked, so that the eye compares columns. */
function conflictLines(conflicts: unknown): string[] {
  return objects(conflicts).flatMap((conflict) => [
    ['network', 'contract', 'path']
      .map((key) => conflict[key])
      .filter((part) => part !== undefined && part !== null)
      .map(shownText)
      .join(' / '),
    `  base     ${shownValue(conflict['base'])}`,
    `  ours     ${shownValue(conflict['ours'])}`,
    `  theirs   ${shownValue(conflict['theirs'])}`,
  ]);
}

/** Only git and the disk can fail after something was begun (CONTRACT §6). */
function writtenLine(error: StateManagerError): string {
  // Phases and batches before it are commits of the migration's own branch.
  if (error.code === 'MIGRATION_FAILED') return 'What was finished before stands: stateroot migrate status';
  const uncertain = error.code === 'GIT_FAILED' || error.code === 'FILE_FAILED' || error.code === 'HOOK_REFUSED';
  return uncertain ? 'The write was not acknowledged. What stands: stateroot status' : 'Nothing was written.';
}

function objects(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function shownText(value: unknown): string {
  return typeof value === 'string' ? terminalSafe(value) : shownValue(value);
}

function shownValue(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return terminalSafe(typeof value === 'string' ? value : JSON.stringify(value));
}
