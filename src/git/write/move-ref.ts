import { existsSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StateManagerError } from '../../errors.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { isAbsent } from '../read/worktree-tree.js';
import { runGit } from '../run.js';
import { syncFolder } from './durable.js';

const killed = -1;

/** A git process may outlive the stateroot process that was killed; this long, in ms, its ref lock is respected. */
export const orphanTimeout = 2000;

export type RefMove = {
  readonly ref: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
};

/**
 * Moves a ref by compare-and-swap and makes the move durable. Throws RACED when the ref is not at `from`, BUSY when its
 * lock stays, HOOK_REFUSED when a reference-transaction hook says no.
 */
export async function moveRef(checkout: Checkout, move: RefMove, timeout: number): Promise<void> {
  const { zero } = await checkout.objectFormat();
  const args = ['update-ref', '--create-reflog', '-m', move.reason, move.ref, move.to, move.from ?? zero];
  const deadline = Date.now() + timeout;
  for (;;) {
    // File times come from a clock that ticks every few milliseconds.
    const started = Date.now() - 20;
    const { code, stderr } = await runGit(args, inCheckout(checkout, { durable: true, answers: [1, 128, killed] }));
    // Our own git process died: the locks it held are nobody's.
    if (code === killed) await clearRefLocks(checkout, move.ref, started, orphanTimeout);
    if (code === 0) break;
    const lock = /Unable to create '(.+\.lock)': File exists/.exec(stderr)?.[1];
    if (lock === undefined) throw refused(move, stderr);
    if (Date.now() > deadline) throw busy(lock);
    await sleep(5 + Math.random() * 20);
  }
  await syncRef(checkout, move.ref);
}

/**
 * Waits for the ref locks a dead write's git process may still hold, and removes those that stay: named by the journal's
 * step, not older than the write, and the same file all the time. One that changes hands belongs to a git that lives.
 */
export async function clearRefLocks(
  checkout: Checkout,
  ref: string,
  deadSince: number,
  timeout: number,
): Promise<void> {
  const locks = [
    join(checkout.commonDir, `${ref}.lock`),
    join(checkout.gitDir, `${ref}.lock`),
    join(checkout.gitDir, 'HEAD.lock'),
  ];
  for (const lock of new Set(locks)) {
    const deadline = Date.now() + timeout;
    const first = await lockFile(lock);
    if (first === null || first.time < deadSince - 1) continue;
    let now: LockIdentity | null = first;
    while (now?.identity === first.identity && Date.now() <= deadline) {
      await sleep(20);
      now = await lockFile(lock);
    }
    if (now?.identity === first.identity) await rm(lock, { force: true });
  }
}

/** Makes the folders of a ref durable: git never does. */
export async function syncRef(checkout: Checkout, ref: string): Promise<void> {
  const base = ref === 'HEAD' ? checkout.gitDir : checkout.commonDir;
  // With reftable there is no such folder; git syncs its tables itself.
  for (let folder = dirname(join(base, ref)); folder.startsWith(base); folder = dirname(folder)) {
    if (existsSync(folder)) await syncFolder(folder);
  }
}

type LockIdentity = { readonly identity: string; readonly time: number };

async function lockFile(file: string): Promise<LockIdentity | null> {
  try {
    const { ino, mtimeMs } = await stat(file);
    return { identity: `${ino} ${mtimeMs}`, time: mtimeMs };
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw cause;
  }
}

function refused(move: RefMove, stderr: string): StateManagerError {
  if (/but expected|reference already exists|unable to resolve reference|reference is missing/.test(stderr)) {
    return new StateManagerError('RACED', `${move.ref} moved while this write was being made.`, {
      hint: 'run it again',
      details: { stderr },
    });
  }
  if (/aborted by hook/.test(stderr)) {
    return new StateManagerError(
      'HOOK_REFUSED',
      `The reference-transaction hook refused to move ${move.ref}: ${stderr.trim()}`,
      {
        hint: 'ask who owns the hook: git rev-parse --git-path hooks',
        details: { stderr },
      },
    );
  }
  return new StateManagerError('GIT_FAILED', `git update-ref ${move.ref} failed: ${stderr.trim() || 'it was killed'}`, {
    hint: 'stateroot doctor',
    details: { stderr },
  });
}

function busy(lock: string): StateManagerError {
  return new StateManagerError('BUSY', `A git command holds ${lock}, or died holding it.`, {
    hint: `run it again; if no git command runs: rm ${lock}`,
    details: { file: lock },
  });
}

/** True when `commit` is `tip` or one of its ancestors. */
export async function isReached(checkout: Checkout, commit: string, tip: string | null): Promise<boolean> {
  if (tip === null) return false;
  if (tip === commit) return true;
  const args = ['merge-base', '--is-ancestor', commit, tip];
  return (await runGit(args, inCheckout(checkout, { answers: [1, 128] }))).code === 0;
}

export async function checkedOutRef(checkout: Pick<Checkout, 'top' | 'env'>): Promise<string> {
  const { code, stdout } = await runGit(['symbolic-ref', '-q', 'HEAD'], inCheckout(checkout, { answers: [1] }));
  return code === 0 ? stdout.toString('utf8').trim() : 'HEAD';
}
