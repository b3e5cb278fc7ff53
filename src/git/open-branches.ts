import { StateManagerError } from '../errors.js';
import type { Branches } from '../ports/branches.js';
import { type Checkout, inCheckout } from './checkout-context.js';
import { openCheckoutContext, type OpenOptions } from './open-checkout-context.js';
import { gitText, runGit } from './run.js';
import { syncRef } from './write/move-ref.js';
import { readRef } from './write/position.js';
import { underLock } from './write/under-lock.js';

/** Branches of the repository around `cwd`. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openBranches(cwd: string, options: OpenOptions = {}): Promise<Branches> {
  const checkout = await openCheckoutContext(cwd, options);
  return {
    async list(pattern) {
      const places = [`refs/heads/${pattern}`, `refs/remotes/*/${pattern}`];
      const refs = await gitText(['for-each-ref', '--format=%(refname)', ...places], inCheckout(checkout));
      return refs === '' ? [] : refs.split('\n');
    },
    // A write that goes to it would otherwise be told that it was raced.
    remove: (ref, commit) => underLock(checkout, 'remove branch', () => removeBranch(checkout, ref, commit)),
  };
}

async function removeBranch(checkout: Checkout, ref: string, commit: string): Promise<void> {
  if ((await readRef(checkout, ref)) === null) return;
  await refuseCheckedOut(checkout, ref);
  const args = ['update-ref', '-m', 'stateroot: remove branch', '-d', ref, commit];
  const { code, stderr } = await runGit(args, inCheckout(checkout, { durable: true, answers: [1, 128] }));
  await syncRef(checkout, ref);
  const there = await readRef(checkout, ref);
  if (code === 0 && there === null) return;
  if (there !== null && there !== commit) {
    throw new StateManagerError('RACED', `${ref} moved meanwhile, so it was not removed.`, {
      hint: 'run it again',
      details: { ref, expected: commit, found: there },
    });
  }
  throw new StateManagerError('GIT_FAILED', `git update-ref -d ${ref} failed: ${stderr.trim()}`, {
    hint: 'stateroot doctor',
    details: { exitCode: code, stderr },
  });
}

async function refuseCheckedOut(checkout: Checkout, ref: string): Promise<void> {
  const list = await gitText(['worktree', 'list', '--porcelain', '-z'], inCheckout(checkout));
  const holder = list.split('\0\0').find((block) => block.split('\0').includes(`branch ${ref}`));
  if (holder === undefined) return;
  const folder = holder.split('\0')[0]?.replace(/^worktree /, '') ?? '';
  throw new StateManagerError('BRANCH_CHECKED_OUT', `${ref} is checked out in ${folder}, so it cannot be removed.`, {
    hint: `git -C ${folder} switch <another branch>, then the same again`,
    details: { ref, worktree: folder },
  });
}
