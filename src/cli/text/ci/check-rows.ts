import type { CiPart, CiResult } from '../../../commands/ci.js';
import { type Finding, hasErrors } from '../../../core/finding.js';
import { countFindings } from '../findings.js';
import { counted } from '../table.js';

/** One judgement of a CI run in a line. */
export type CheckRow = {
  readonly status: 'done' | 'warning' | 'error' | 'none';
  readonly check: string;
  readonly result: string;
};

/** What CI has judged, in the order of the run, and what it has not. `say` escapes names for the sink. */
export function checkRows(result: CiResult, baseName: string | null, say: (text: string) => string): CheckRow[] {
  return [
    rowOf('Schema, canonical text, checksums', result.validated, say, ({ head, each }) => {
      const commits = each === null ? [] : [counted(each.commits.length, 'commit')];
      const what = [counted(head.files.length, 'file'), ...commits].join(', ');
      return judged([...head.findings, ...(each?.findings ?? [])], what);
    }),
    rowOf('Consistency', result.checked, say, ({ findings, knownCount, waived }) => {
      const held = waived.reduce((sum, { count }) => sum + count, 0);
      const base = baseName === null ? '' : ` on ${say(baseName)}`;
      const older = knownCount === 0 ? [] : [`${knownCount.toLocaleString('en-US')} older${base}`];
      const rest = [...older, ...(held === 0 ? [] : [`${held.toLocaleString('en-US')} waived`])].join(', ');
      const isNew = result.range.base === null ? '' : ' new:';
      const found = findings.length === 0 ? '' : `${isNew} ${countFindings(findings)}`.trim();
      return { status: statusOf(findings), result: [found, rest].filter((part) => part !== '').join('; ') };
    }),
    result.merges === null
      ? { status: 'none', check: mergeCheck, result: 'not checked: nothing to compare with' }
      : rowOf(mergeCheck, result.merges, say, ({ findings, merges }) =>
          judged(findings, merges.length === 0 ? '' : counted(merges.length, 'merge commit')),
        ),
    ...('changed' in result && result.changed !== null && 'refusal' in result.changed
      ? [rowOf('Changes', result.changed, say, () => ({ status: 'done' as const, result: '' }))]
      : []),
    { status: 'none', check: 'On chain', result: 'not checked here' },
  ];
}

const mergeCheck = 'Merge as text equals merge by record';

type Judged = Pick<CheckRow, 'status' | 'result'>;

function rowOf<T>(
  check: string,
  part: CiPart<T>,
  say: (text: string) => string,
  judge: (value: T) => Judged,
): CheckRow {
  if ('value' in part) return { check, ...judge(part.value) };
  return { status: 'error', check, result: `could not be judged: ${say(part.refusal.message)}` };
}

function judged(findings: readonly Finding[], what: string): Judged {
  const found = findings.length === 0 ? '' : countFindings(findings);
  return { status: statusOf(findings), result: [found, what].filter((part) => part !== '').join('; ') };
}

function statusOf(findings: readonly Finding[]): CheckRow['status'] {
  if (hasErrors(findings)) return 'error';
  return findings.some(({ severity }) => severity === 'warning') ? 'warning' : 'done';
}
