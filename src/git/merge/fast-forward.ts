import { StateManagerError } from '../../errors.js';
import type { Unfinished } from '../../ports/state-repository.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { runGit } from '../run.js';
import { acquireLock } from '../write/lock.js';
import { syncRef } from '../write/move-ref.js';
import { readHead, refuseInProgress } from '../write/position.js';
import { recoverDead } from '../write/recover.js';

/**
 * `git merge --ff-only` under our lock: git refuses by itself to overwrite what is not committed. It changes index and work
 * tree before the ref, so a kill leaves a visible, staged state that the same merge brings to its end.
 */
export async function fastForward(
  checkout: Checkout,
  from: string | null,
  to: string,
): Promise<{ recovered: readonly Unfinished[] }> {
  return underLock(checkout, `merge ${to.slice(0, 7)}`, async (recovered) => {
    const branch = await requirePosition(checkout, from);
    const args = ['merge', '--ff-only', '--no-stat', '--quiet', to];
    const { code, stderr } = await runGit(args, inCheckout(checkout, { durable: true, answers: [1, 2, 128] }));
    if (code !== 0) throw refusedMerge(stderr);
    const head = await readHead(checkout);
    if (head.commit !== to) {
      throw new StateManagerError('GIT_FAILED', `${branch} is at ${String(head.commit)} after a merge to ${to}.`, {
        hint: 'git status, git reflog',
      });
    }
    await syncRef(checkout, branch);
    return { recovered };
  });
}

/** Runs with the one lock of this clone held, after what dead writers left is settled. Throws BUSY, RECOVERY_NEEDED. */
export async function underLock<Result>(
  checkout: Checkout,
  operation: string,
  run: (recovered: readonly Unfinished[]) => Promise<Result>,
): Promise<Result> {
  const lock = await acquireLock(checkout.commonDir, operation, checkout.lockTimeout);
  try {
    const recovered = await recoverDead(checkout, 'auto');
    const undecided = recovered.find((write) => write.state === 'undecided');
    if (undecided !== undefined) {
      throw new StateManagerError(
        'RECOVERY_NEEDED',
        `The write "${undecided.operation}" of ${undecided.startedAt} did not finish: ${undecided.reason ?? 'its process is gone'}.`,
        {
          hint: 'stateroot recover --finish, or stateroot recover --undo',
          details: { unfinished: undecided },
        },
      );
    }
    return await run(recovered);
  } finally {
    await lock.release();
  }
}

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
  const said = stderr.trim() || 'it said nothing';
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
