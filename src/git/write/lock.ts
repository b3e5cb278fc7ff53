import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StateManagerError } from '../../errors.js';
import { isAbsent } from '../read/worktree-tree.js';
import { createWhole } from './durable.js';
import { liveness, type ProcessIdentity, thisProcess } from './process-identity.js';

export type LockFile = ProcessIdentity & {
  readonly id: string;
  readonly operation: string;
  /** ISO 8601. */
  readonly startedAt: string;
};

export type HeldLock = LockFile & { release(): Promise<void> };

/** Our folder in the common git dir: locks and journals of every worktree of this clone. */
export function lockFolder(commonDir: string): string {
  return join(commonDir, 'stateroot');
}

/** Takes the one lock of this clone. It saves retries; the proof of exclusion is the compare-and-swap on the ref. Throws BUSY. */
export async function acquireLock(commonDir: string, operation: string, timeout: number): Promise<HeldLock> {
  return acquireLockIn(lockFolder(commonDir), operation, timeout);
}

/**
 * Takes the lock that a folder stands for. Every contender writes a file of its own and holds the lock when it sees no other
 * living one; whoever sees another takes its own away and waits. Names are unique, so clearing up after the dead can
 * never remove a living lock, which taking over one shared file can. Throws BUSY.
 */
export async function acquireLockIn(folder: string, operation: string, timeout: number): Promise<HeldLock> {
  await mkdir(folder, { recursive: true });
  const id = randomBytes(6).toString('hex');
  const content: LockFile = { id, operation, startedAt: new Date().toISOString(), ...(await thisProcess()) };
  const file = lockPath(folder, id);
  const deadline = Date.now() + timeout;
  for (let wait = 5; ; wait = Math.min(wait * 1.5, 100)) {
    let others = await livingLocks(folder);
    if (others.length === 0) {
      await createWhole(file, `${JSON.stringify(content)}\n`, `${file}.tmp`);
      others = (await livingLocks(folder)).filter((other) => other.id !== id);
      if (others.length === 0) return { ...content, release: () => rm(file, { force: true }) };
      await rm(file, { force: true });
    }
    if (Date.now() > deadline) throw busy(others[0], timeout);
    await sleep(wait * (0.5 + Math.random()));
  }
}

/** Locks of the folder whose holder is not proven dead. */
export async function livingLocks(folder: string): Promise<LockFile[]> {
  const all = await readLocks(folder);
  const states = await Promise.all(all.map(liveness));
  return all.filter((_, i) => states[i] !== 'dead');
}

/** Removes what dead contenders left, but for `keep`. */
export async function removeDeadLocks(folder: string, keep: ReadonlySet<string> = new Set()): Promise<void> {
  for (const lock of await readLocks(folder)) {
    // Asked of each that is there: whoever came since a list was made of the living must not lose its lock.
    if (keep.has(lock.id) || (await liveness(lock)) !== 'dead') continue;
    await rm(lockPath(folder, lock.id), { force: true });
  }
  for (const name of await readdir(folder)) {
    // A contender writes its temporary for a moment before it announces itself: only old ones are leftovers.
    if (name.endsWith('.tmp') && (await ageOf(join(folder, name))) > 60_000)
      await rm(join(folder, name), { force: true });
  }
}

export async function readLocks(folder: string): Promise<LockFile[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw cause;
  }
  const read = names.filter((name) => /^lock\.[0-9a-f]+\.json$/.test(name)).map((name) => readLock(join(folder, name)));
  return (await Promise.all(read)).filter((lock) => lock !== null);
}

export function lockPath(folder: string, id: string): string {
  return join(folder, `lock.${id}.json`);
}

async function ageOf(file: string): Promise<number> {
  try {
    return Date.now() - (await stat(file)).mtimeMs;
  } catch (cause) {
    if (isAbsent(cause)) return 0;
    throw cause;
  }
}

async function readLock(file: string): Promise<LockFile | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LockFile;
  } catch (cause) {
    // Released between the listing and the reading.
    if (isAbsent(cause)) return null;
    throw new StateManagerError('BUSY', `The lock file ${file} cannot be read: ${String(cause)}`, {
      cause,
      hint: `look at the file, and remove it when no stateroot process runs: rm ${file}`,
    });
  }
}

function busy(other: LockFile | undefined, timeout: number): StateManagerError {
  const holder =
    other === undefined
      ? 'other writers came first each time'
      : `process ${other.pid} on ${other.host} holds the lock for "${other.operation}" since ${other.startedAt}`;
  return new StateManagerError('BUSY', `Another stateroot write is running: ${holder} (waited ${timeout / 1000} s).`, {
    hint: other === undefined ? 'run it again' : `run it again; if that process is gone: stateroot unlock ${other.id}`,
    details: other === undefined ? {} : { lock: other.id, pid: other.pid, host: other.host },
  });
}
