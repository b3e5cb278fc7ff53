import { StateManagerError } from '../../errors.js';
import type { Checkout } from '../checkout-context.js';
import type { BuiltCommits } from './build-commits.js';
import { refuseUncommitted } from './check-paths.js';
import { type HeldIndex, holdIndex, stage } from './index-lock.js';
import { clearJournal, type Journal, writeJournal } from './journal.js';
import { type HeldLock, lockFolder } from './lock.js';
import { checkedOutRef, isReached, moveRef } from './move-ref.js';
import { placeFile } from './place-files.js';
import { type Position, readRef } from './position.js';

type Publication = {
  readonly position: Position;
  readonly built: BuiltCommits;
  readonly before: ReadonlyMap<string, string | null>;
  readonly lock: HeldLock;
};

/**
 * Work tree, then index, then ref. In this order a kill leaves a visible, valid, staged change; the other way round the
 * user's next innocent commit would silently revert the state. Throws RACED with everything as it was before.
 */
export async function publish(checkout: Checkout, publication: Publication): Promise<void> {
  const { position, lock } = publication;
  const folder = lockFolder(checkout.commonDir);
  const journal = journalOf(checkout, publication);
  await writeJournal(folder, journal);
  if (position.checkedOut) await publishCheckedOut(checkout, publication, journal);
  else await moveBranch(checkout, folder, journal);
  await clearJournal(folder, lock.id);
}

async function moveBranch(checkout: Checkout, folder: string, journal: Journal): Promise<void> {
  try {
    await moveToTip(checkout, folder, journal);
  } catch (error) {
    // Only the dead leave a journal: with one left here, recovery would take a living git's ref lock for ours.
    await clearJournal(folder, journal.id);
    throw error;
  }
}

async function publishCheckedOut(checkout: Checkout, publication: Publication, journal: Journal): Promise<void> {
  const { position, built, before, lock } = publication;
  const folder = lockFolder(checkout.commonDir);
  let index: HeldIndex | null = null;
  let touched = false;
  try {
    index = await holdIndex(checkout, lock.id, Math.min(checkout.lockTimeout, 5000));
    // Under git's lock nobody switches branches or stages: what was checked before is checked again where it is final.
    if ((await checkedOutRef(checkout)) !== position.ref) throw raced(position.ref);
    await refuseUncommitted(checkout, before, { file: index.file });
    touched = true;
    for (const [path, oid] of built.blobs) await placeFile(checkout, path, oid, lock.id);
    await stage(checkout, index, built.blobs);
    await index.publish();
    await moveToTip(checkout, folder, journal);
    await index.release();
  } catch (error) {
    // When even this fails the journal stays, and the next write recovers.
    if (touched && !(await isReached(checkout, journal.commit, await readRef(checkout, journal.ref)))) {
      await putBack(checkout, before, built, lock);
    }
    await index?.release();
    await clearJournal(folder, lock.id);
    throw error;
  }
}

/** Undoes work tree and index of a write whose ref did not move; git's index lock is still held. */
async function putBack(
  checkout: Checkout,
  before: ReadonlyMap<string, string | null>,
  built: BuiltCommits,
  lock: HeldLock,
): Promise<void> {
  const touched = new Map([...before].filter(([path]) => built.blobs.has(path)));
  for (const [path, oid] of touched) await placeFile(checkout, path, oid, lock.id);
  const index = await holdIndex(checkout, lock.id, 0);
  await stage(checkout, index, touched);
  await index.publish();
}

async function moveToTip(checkout: Checkout, folder: string, journal: Journal): Promise<void> {
  await writeJournal(folder, { ...journal, step: 'ref' });
  const move = { ref: journal.ref, from: journal.base, to: journal.commit, reason: `stateroot: ${journal.operation}` };
  await moveRef(checkout, move, Math.min(checkout.lockTimeout, 5000));
}

function journalOf(checkout: Checkout, { position, built, before, lock }: Publication): Journal {
  return {
    id: lock.id,
    operation: lock.operation,
    startedAt: lock.startedAt,
    pid: lock.pid,
    host: lock.host,
    step: 'files',
    ref: position.ref,
    base: position.base,
    commit: built.commits.at(-1) ?? '',
    checkout: position.checkedOut ? { top: checkout.top, gitDir: checkout.gitDir } : null,
    paths: [...built.blobs].map(([path, after]) => ({ path, before: before.get(path) ?? null, after })),
  };
}

function raced(ref: string): StateManagerError {
  return new StateManagerError('RACED', `${ref} is no longer checked out here: a switch came in between.`, {
    hint: 'run it again',
  });
}
