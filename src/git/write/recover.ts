import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StateManagerError } from '../../errors.js';
import type { Unfinished } from '../../ports/state-repository.js';
import type { Checkout } from '../checkout-context.js';
import { blobsAt, stagedOid, worktreeHas } from './check-paths.js';
import { syncFolder } from './durable.js';
import { type HeldIndex, holdIndex, privateIndex, stage } from './index-lock.js';
import { clearJournal, type Journal, readJournals } from './journal.js';
import { livingLocks, lockFolder, removeDeadLocks } from './lock.js';
import { checkedOutRef, clearRefLocks, isReached, moveRef, orphanTimeout } from './move-ref.js';
import { placeFile, temporaryFile } from './place-files.js';
import { readRef } from './position.js';
import { removeDeadScratch } from './scratch-folder.js';

/**
 * Finishes or undoes every write whose process is dead; the caller holds the lock. `auto` leaves alone what someone edited
 * since (`undecided`); `finish` and `undo` decide that, and never touch such an edit. Idempotent: killed in the middle, it
 * starts over.
 */
export async function recoverDead(checkout: Checkout, decision: 'auto' | 'finish' | 'undo'): Promise<Unfinished[]> {
  const folder = lockFolder(checkout.commonDir);
  const done: Unfinished[] = [];
  for (const journal of await deadJournals(folder)) {
    const outcome = await recoverOne(checkout, journal, decision);
    if (journal.step === 'ref') await clearLocksOf(checkout, journal);
    if (outcome.state !== 'undecided') await clearJournal(folder, journal.id);
    done.push(outcome);
  }
  await clearDeadLocks(folder, done);
  return done;
}

/** What dead and running processes have left, without changing anything. */
export async function listUnfinished(checkout: Checkout): Promise<Unfinished[]> {
  const folder = lockFolder(checkout.commonDir);
  const running = new Set((await livingLocks(folder)).map((lock) => lock.id));
  return (await readJournals(folder)).map((journal) =>
    describe(journal, running.has(journal.id) ? 'running' : 'undecided'),
  );
}

async function recoverOne(home: Checkout, journal: Journal, decision: 'auto' | 'finish' | 'undo'): Promise<Unfinished> {
  const tip = await readRef(home, journal.ref);
  if (journal.checkout === null) {
    return describe(journal, (await isReached(home, journal.commit, tip)) ? 'finished' : 'undone');
  }
  // The worktree it wrote in was removed: there is nothing left to put right.
  if (!existsSync(journal.checkout.gitDir)) return describe(journal, 'undone');
  const checkout: Checkout = { ...home, ...journal.checkout };
  const index = await holdIndex(checkout, journal.id, checkout.lockTimeout);
  try {
    await removeTemporaries(checkout, journal);
    if (await isReached(checkout, journal.commit, await readRef(checkout, journal.ref)))
      return describe(journal, 'finished');
    return await decide(checkout, journal, index, decision);
  } finally {
    await index.release();
  }
}

async function decide(
  checkout: Checkout,
  journal: Journal,
  index: HeldIndex,
  decision: 'auto' | 'finish' | 'undo',
): Promise<Unfinished> {
  // From step `ref` on an orphaned git process may still move the ref: doing the same move ourselves ends alike whoever wins.
  const mayFinish =
    decision === 'finish' || (decision === 'auto' && journal.step === 'ref' && (await isWholly(checkout, journal)));
  if (mayFinish && (await tryFinish(checkout, journal))) {
    if (decision === 'finish') await stageAll(checkout, journal, index);
    return describe(journal, 'finished');
  }
  if (decision === 'finish') {
    return { ...describe(journal, 'undecided'), reason: `${journal.ref} has moved on since, so it cannot be finished` };
  }
  const current = await blobsAt(
    checkout,
    await readRef(checkout, 'HEAD'),
    journal.paths.map((entry) => entry.path),
  );
  const edited = decision === 'undo' ? null : await editedSince(checkout, journal, current);
  if (edited !== null) return { ...describe(journal, 'undecided'), reason: `${edited} was edited by someone since` };
  await undo(checkout, journal, current, index);
  return describe(journal, 'undone');
}

function clearLocksOf(home: Checkout, journal: Journal): Promise<void> {
  const checkout = { ...home, ...journal.checkout };
  return clearRefLocks(checkout, journal.ref, Date.parse(journal.startedAt), orphanTimeout);
}

/** Everything that was to be published before the ref is there, untouched. */
async function isWholly(checkout: Checkout, journal: Journal): Promise<boolean> {
  for (const { path, after } of journal.paths) {
    if (!(await worktreeHas(checkout, path, after)) || (await stagedOid(checkout, path)) !== after) return false;
  }
  return true;
}

async function tryFinish(checkout: Checkout, journal: Journal): Promise<boolean> {
  if ((await checkedOutRef(checkout)) !== journal.ref) return false;
  const move = {
    ref: journal.ref,
    from: journal.base,
    to: journal.commit,
    reason: `stateroot: finish ${journal.operation}`,
  };
  try {
    await clearLocksOf(checkout, journal);
    await moveRef(checkout, move, orphanTimeout);
    return true;
  } catch (error) {
    if (!(error instanceof StateManagerError)) throw error;
    if (error.code === 'RACED') return isReached(checkout, journal.commit, await readRef(checkout, journal.ref));
    if (error.code === 'HOOK_REFUSED') return false;
    throw error;
  }
}

/** The first path that is neither as before the write, nor as it left it, nor as HEAD has it. */
async function editedSince(
  checkout: Checkout,
  journal: Journal,
  current: ReadonlyMap<string, string | null>,
): Promise<string | null> {
  for (const { path, before, after } of journal.paths) {
    const known = [before, after, current.get(path) ?? null];
    const onDisk = await Promise.all(known.map((oid) => worktreeHas(checkout, path, oid)));
    const staged = await stagedOid(checkout, path);
    if (!onDisk.includes(true) || staged === undefined || !known.includes(staged)) return path;
  }
  return null;
}

/** Where the dead write's content stands, HEAD's comes back; anything else stays. */
async function undo(
  checkout: Checkout,
  journal: Journal,
  current: ReadonlyMap<string, string | null>,
  index: HeldIndex,
): Promise<void> {
  const restage = new Map<string, string | null>();
  for (const { path, after } of journal.paths) {
    const wanted = current.get(path) ?? null;
    if (wanted === after) continue;
    if (await worktreeHas(checkout, path, after)) await placeFile(checkout, path, wanted, journal.id);
    if ((await stagedOid(checkout, path)) === after) restage.set(path, wanted);
  }
  if (restage.size === 0) return;
  await stage(checkout, index, restage);
  await index.publish();
}

async function stageAll(checkout: Checkout, journal: Journal, index: HeldIndex): Promise<void> {
  await stage(checkout, index, new Map(journal.paths.map(({ path, after }) => [path, after])));
  await index.publish();
}

async function removeTemporaries(checkout: Checkout, journal: Journal): Promise<void> {
  await rm(`${privateIndex(checkout, journal.id)}.lock`, { force: true });
  await rm(join(checkout.gitDir, `index.lock.${journal.id}`), { force: true });
  for (const { path } of journal.paths) await rm(temporaryFile(checkout.top, path, journal.id), { force: true });
}

async function deadJournals(folder: string): Promise<Journal[]> {
  const alive = new Set((await livingLocks(folder)).map((lock) => lock.id));
  return (await readJournals(folder)).filter((journal) => !alive.has(journal.id));
}

async function clearDeadLocks(folder: string, outcomes: readonly Unfinished[]): Promise<void> {
  const undecided = outcomes.filter((outcome) => outcome.state === 'undecided').map((outcome) => outcome.id);
  await removeDeadLocks(folder, new Set(undecided));
  await removeDeadScratch(folder);
  await syncFolder(folder);
}

function describe(journal: Journal, state: Unfinished['state']): Unfinished {
  return {
    id: journal.id,
    operation: journal.operation,
    startedAt: journal.startedAt,
    pid: journal.pid,
    host: journal.host,
    state,
    ref: journal.ref,
    commit: journal.commit,
    paths: journal.paths.map((entry) => entry.path),
  };
}
