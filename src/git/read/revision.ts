import { StateManagerError } from '../../errors.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { runGit } from '../run.js';
import { readRef } from '../write/position.js';

/**
 * Any commit, tag or date → full commit oid. A date is the state at its end: `2025-08-13` is that day's last commit (UTC) on
 * HEAD's first-parent line. User text is resolved here first and only the oid is used afterwards. Throws UNKNOWN_REVISION.
 */
export async function resolveRevision(checkout: Checkout, revision: string): Promise<string> {
  // No argument of a program holds a NUL; a caller of the library can pass one.
  const commit = revision.includes('\u0000') ? null : await readRef(checkout, revision);
  if (commit !== null) return commit;
  const until = endOfDate(revision);
  if (until === null) throw unknown(revision, 'it names no commit, tag or date here');
  const args = ['rev-list', '-1', '--first-parent', `--before=${until}`, 'HEAD', '--'];
  const { code, stdout } = await runGit(args, inCheckout(checkout, { answers: [128] }));
  const found = stdout.toString('utf8').trim();
  if (code !== 0 || found === '')
    throw unknown(
      revision,
      'there is no commit that old',
      'a later date: git log --format=%cs lists the days of the commits',
    );
  return found;
}

function endOfDate(text: string): string | null {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Number.isNaN(Date.parse(text)) ? null : `${text}T23:59:59Z`;
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/.test(text)) return null;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  const time = Date.parse(zoned.replace(' ', 'T'));
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

function unknown(
  revision: string,
  why: string,
  hint = 'git log --oneline, git tag, or a date like 2025-08-13',
): StateManagerError {
  return new StateManagerError('UNKNOWN_REVISION', `${JSON.stringify(revision)}: ${why}.`, {
    hint,
    details: { revision },
  });
}
