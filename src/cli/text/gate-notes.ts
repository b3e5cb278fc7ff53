import type { ValidatedChanges } from '../../commands/validate-changes.js';
import { type Finding, hasErrors } from '../../core/finding.js';
import { countFindings, renderFindings } from './findings.js';
import { paint } from './paint.js';
import type { Style } from './style.js';
import { counted } from './table.js';

/** What the hook of a commit says: every finding, and whether the commit is refused. */
export function commitNotes({ findings, commits, texts, edits }: ValidatedChanges, style: Style): string {
  const errors = errorsOf(findings);
  const rendered = renderFindings(findings, style, texts, edits);
  if (errors.length === 0) return rendered;
  const concerned = new Set(errors.map(({ file }) => file)).size;
  const staged = new Set(commits.flatMap(({ files }) => files)).size;
  const of = `${concerned} of ${counted(staged, 'staged state file')}`;
  return `${rendered}\n${refusal(style, `Commit refused: ${countFindings(errors)} in ${of}. Nothing was committed.`)}`;
}

/** What the hook of a push says. Warnings of commits that are made already would only repeat what was said then. */
export function pushNotes({ findings, commits }: ValidatedChanges, style: Style): string {
  const errors = errorsOf(findings);
  if (errors.length === 0) return '';
  const concerned = commits.filter((commit) => hasErrors(commit.findings));
  const of = `${concerned.length} of ${counted(commits.length, 'commit')} with state`;
  return [
    renderFindings(errors, style),
    refusal(style, `Push refused: ${countFindings(errors)} in ${of}. Nothing was pushed.`),
    '  Every pushed commit has to be valid, also one that a later one repairs.',
    `  fix: git rebase -i ${concerned[0]?.commit?.slice(0, 12) ?? 'HEAD'}^, edit that commit, then push again`,
  ].join('\n');
}

function errorsOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'error');
}

function refusal(style: Style, text: string): string {
  const { red, mark } = paint(style);
  return `${red(mark.error)} ${text}`;
}
