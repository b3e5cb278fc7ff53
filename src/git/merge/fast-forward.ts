import { stateRootOf } from '../../core/layout.js';
import { StateManagerError } from '../../errors.js';
import type { Unfinished } from '../../ports/state-repository.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { runGit } from '../run.js';
import { parseRawDiff } from '../read/raw-diff.js';
import { refuseUncommitted } from '../write/check-paths.js';
import { publish } from '../write/publish.js';
import { syncRef } from '../write/move-ref.js';
import { readHead } from '../write/position.js';
import { underLock } from '../write/under-lock.js';
import { refusedMerge, requirePosition } from './merge-position.js';

/**
 * Moves index, work tree and branch forward under our lock. Where only state differs that is a write like any other: journal,
 * files, index, ref. Where more does, git does it, in the same order but without a journal: a kill leaves what a killed
 * `git merge` leaves, files that are there and not committed.
 */
export async function fastForward(
  checkout: Checkout,
  from: string | null,
  to: string,
): Promise<{ recovered: readonly Unfinished[] }> {
  return underLock(checkout, `merge ${to.slice(0, 7)}`, async (lock, recovered) => {
    const ref = await requirePosition(checkout, from);
    const state = from === null ? null : await stateOnly(checkout, from, to);
    if (state === null) await forwardByGit(checkout, ref, to);
    else {
      const position = { ref, base: from, parent: from, checkedOut: true };
      await refuseUncommitted(checkout, state.before);
      await publish(checkout, { position, built: { commits: [to], blobs: state.after }, before: state.before, lock });
    }
    const head = await readHead(checkout);
    if (head.commit === to) return { recovered };
    throw new StateManagerError('GIT_FAILED', `${ref} is at ${String(head.commit)} after a merge to ${to}.`, {
      hint: 'git status, git reflog',
    });
  });
}

type BlobsByPath = ReadonlyMap<string, string | null>;

/** Blobs of both commits where they differ in plain state files only; null when anything else differs. */
async function stateOnly(
  checkout: Checkout,
  from: string,
  to: string,
): Promise<{ before: BlobsByPath; after: BlobsByPath } | null> {
  const args = ['diff-tree', '-r', '--raw', '-z', '--no-abbrev', '--no-renames', from, to];
  const [commit] = parseRawDiff((await runGit(args, inCheckout(checkout))).stdout);
  const before = new Map<string, string | null>();
  const after = new Map<string, string | null>();
  for (const {
    path,
    before: [old = absent],
    after: next,
  } of commit?.changes ?? []) {
    const isPlain = [old, next].every(({ mode }) => mode === '100644' || mode === absent.mode);
    if (!isPlain || stateRootOf(path) === null) return null;
    before.set(path, old.mode === absent.mode ? null : old.oid);
    after.set(path, next.mode === absent.mode ? null : next.oid);
  }
  return { before, after };
}

const absent = { mode: '000000', oid: '' };

/** git refuses by itself to overwrite what is not committed. */
async function forwardByGit(checkout: Checkout, ref: string, to: string): Promise<void> {
  const args = ['merge', '--ff-only', '--no-stat', '--quiet', to];
  const { code, stderr } = await runGit(args, inCheckout(checkout, { durable: true, answers: [1, 2, 128] }));
  if (code !== 0) throw refusedMerge(stderr);
  await syncRef(checkout, ref);
}
