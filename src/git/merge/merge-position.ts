import { StateManagerError } from '../../errors.js';
import type { Checkout } from '../checkout-context.js';
import { readHead, refuseInProgress } from '../write/position.js';

/** The checked-out branch, which has to be at `from`. Throws RACED, DETACHED_HEAD, OPERATION_IN_PROGRESS. */
export async function requirePosition(checkout: Checkout, from: string | null): Promise<string> {
  const head = await readHead(checkout);
  refuseInProgress(checkout);
  if (head.branch === null) {
    throw new StateManagerError('DETACHED_HEAD', 'HEAD is detached: a merge made here would belong to no branch.', {
      hint: 'git switch <branch>',
    });
  }
  if (head.commit === from) return head.branch;
  throw new StateManagerError('RACED', `${head.branch} moved while the merge was being made.`, {
    hint: 'run it again',
  });
}

/** Why `git merge` did nothing. */
export function refusedMerge(stderr: string): StateManagerError {
  const said = stderr.trim().replaceAll('\t', '  ') || 'it said nothing';
  const lock = /Unable to create '(.+\.lock)': File exists/.exec(stderr)?.[1];
  if (lock !== undefined) {
    return new StateManagerError('BUSY', `A git command holds ${lock}, or died holding it.`, {
      hint: `run it again; if no git command runs: rm ${lock}`,
      details: { file: lock },
    });
  }
  if (/would be overwritten|untracked working tree files|not uptodate/.test(stderr)) {
    return new StateManagerError('UNCOMMITTED_EDITS', `The merge would overwrite what is not committed: ${said}`, {
      hint: 'git stash, or commit the edits, then merge again',
      details: { stderr },
    });
  }
  if (/[Nn]ot possible to fast-forward|cannot lock ref/.test(stderr)) {
    return new StateManagerError('RACED', 'The branch moved while the merge was being made.', { hint: 'run it again' });
  }
  return new StateManagerError('GIT_FAILED', `git merge failed: ${said}`, {
    hint: 'stateroot doctor',
    details: { stderr },
  });
}
