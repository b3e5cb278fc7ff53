import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StateManagerError } from '../../errors.js';
import type { Head, WriteTarget } from '../../ports/state-repository.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { gitText, runGit } from '../run.js';

/** Where a write starts from and which ref it moves. */
export type Position = {
  /** Full ref name, `HEAD` when detached. */
  readonly ref: string;
  /** The commit the ref names, null before the first. */
  readonly base: string | null;
  /** What the next commit builds on: `base`, or HEAD for a branch that does not exist yet. */
  readonly parent: string | null;
  /** The ref is checked out here, so index and work tree follow it. */
  readonly checkedOut: boolean;
};

export async function readHead(checkout: Checkout): Promise<Head> {
  const [symbolic, commit] = await Promise.all([
    runGit(['symbolic-ref', '-q', 'HEAD'], inCheckout(checkout, { answers: [1] })),
    readRef(checkout, 'HEAD'),
  ]);
  return { branch: symbolic.code === 0 ? symbolic.stdout.toString('utf8').trim() : null, commit };
}

/** The commit a full ref name (or HEAD) points to, null when there is none. */
export async function readRef(checkout: Checkout, ref: string): Promise<string | null> {
  const args = ['rev-parse', '-q', '--verify', '--end-of-options', `${ref}^{commit}`];
  const { code, stdout } = await runGit(args, inCheckout(checkout, { answers: [1, 128] }));
  return code === 0 ? stdout.toString('utf8').trim() : null;
}

/** Throws DETACHED_HEAD, OPERATION_IN_PROGRESS, BRANCH_EXISTS, BRANCH_CHECKED_OUT. */
export async function readPosition(checkout: Checkout, target: WriteTarget): Promise<Position> {
  const head = await readHead(checkout);
  if (target.kind === 'branch' && target.ref !== head.branch) return branchPosition(checkout, target, head);
  refuseInProgress(checkout);
  if (target.kind === 'branch' && target.create) throw branchExists(target.ref);
  if (head.branch === null) {
    if (target.kind === 'head' && !target.allowDetached) {
      throw new StateManagerError('DETACHED_HEAD', 'HEAD is detached: a commit made here would belong to no branch.', {
        hint: 'git switch <branch>, or --allow-detached to do it all the same',
      });
    }
    return { ref: 'HEAD', base: head.commit, parent: head.commit, checkedOut: true };
  }
  return { ref: head.branch, base: head.commit, parent: head.commit, checkedOut: true };
}

async function branchPosition(
  checkout: Checkout,
  target: Extract<WriteTarget, { kind: 'branch' }>,
  head: Head,
): Promise<Position> {
  const base = await readRef(checkout, target.ref);
  if (base !== null && target.create) throw branchExists(target.ref);
  if (base !== null) await refuseOtherWorktree(checkout, target.ref);
  return { ref: target.ref, base, parent: base ?? head.commit, checkedOut: false };
}

/** Throws OPERATION_IN_PROGRESS. */
export function refuseInProgress(checkout: Checkout): void {
  const marks = [
    ['MERGE_HEAD', 'A merge', 'git merge --continue, or git merge --abort'],
    ['CHERRY_PICK_HEAD', 'A cherry-pick', 'git cherry-pick --continue, or git cherry-pick --abort'],
    ['REVERT_HEAD', 'A revert', 'git revert --continue, or git revert --abort'],
    ['rebase-merge', 'A rebase', 'git rebase --continue, or git rebase --abort'],
    ['rebase-apply', 'A rebase', 'git rebase --continue, or git rebase --abort'],
  ] as const;
  for (const [file, name, hint] of marks) {
    if (!existsSync(join(checkout.gitDir, file))) continue;
    throw new StateManagerError(
      'OPERATION_IN_PROGRESS',
      `${name} is in progress, and a state commit in between would become part of it.`,
      {
        hint,
        details: { mark: file },
      },
    );
  }
}

async function refuseOtherWorktree(checkout: Checkout, ref: string): Promise<void> {
  const list = await gitText(['worktree', 'list', '--porcelain', '-z'], inCheckout(checkout));
  const holder = list.split('\0\0').find((block) => block.split('\0').includes(`branch ${ref}`));
  if (holder === undefined) return;
  const folder = holder.split('\0')[0]?.replace(/^worktree /, '') ?? '';
  throw new StateManagerError('BRANCH_CHECKED_OUT', `${shortRef(ref)} is checked out in another worktree: ${folder}`, {
    hint: `run stateroot there: stateroot -C ${folder} …`,
  });
}

function branchExists(ref: string): StateManagerError {
  return new StateManagerError('BRANCH_EXISTS', `The branch ${shortRef(ref)} exists already.`, {
    hint: `choose another name, or git branch -d ${shortRef(ref)}`,
  });
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}
