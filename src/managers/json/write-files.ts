import { randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Mutex } from 'async-mutex';
import { StateManagerError } from '../../errors.js';
import { removeDurably, writeDurably } from '../../git/write/durable.js';
import { acquireLockIn, type HeldLock, removeDeadLocks } from '../../git/write/lock.js';
import { unwritable } from './load-error.js';

export type PlannedWrite = {
  readonly path: string;
  /** As messages name it. */
  readonly shownPath: string;
  readonly text: string;
  /** The bytes that are replaced; null where there is no file yet. */
  readonly before: Uint8Array | null;
};

export type WriteOptions = {
  /** Keep what is replaced in `<file>.backup`, as document 001 has it. */
  readonly backup: boolean;
  /** Mode 0600 instead of 0644 for new files, and for those that are written again; 0700 for a folder that is made. */
  readonly private: boolean;
};

/**
 * Runs alone among everybody who writes plain files of this folder through here, in this process and in others of this
 * machine: what is read inside is still so when it is written. Throws BUSY after `timeout` ms.
 */
export async function aloneIn<Result>(
  folder: string,
  options: { readonly timeout: number; readonly private: boolean },
  run: () => Promise<Result>,
): Promise<Result> {
  const mode = options.private ? 0o700 : 0o777;
  await mkdir(folder, { recursive: true, mode }).catch((cause: unknown) => {
    throw unwritable(folder, cause, []);
  });
  const place = await realpath(folder);
  const mutex = mutexes.get(place) ?? new Mutex();
  mutexes.set(place, mutex);
  return mutex.runExclusive(async () => {
    const lockFolder = join(place, '.stateroot-lock');
    const lock = await lockOf(lockFolder, folder, options.timeout);
    try {
      await removeDeadLocks(lockFolder);
      return await run();
    } finally {
      await lock.release();
      await rmdir(lockFolder).catch(() => undefined); // Somebody else is in it, or has removed it: both are fine.
    }
  });
}

/** All of them or, where one cannot be written, none. Durable when it resolves. Throws JSON_WRITE_ERROR. */
export async function writeAll(writes: readonly PlannedWrite[], options: WriteOptions): Promise<void> {
  const done: { readonly write: PlannedWrite; readonly mode: number }[] = [];
  for (const write of writes) {
    try {
      const mode = await modeFor(write, options);
      if (options.backup && write.before !== null) await replace(`${write.path}.backup`, write.before, mode);
      await replace(write.path, write.text, mode);
      done.push({ write, mode });
    } catch (cause) {
      throw unwritable(write.shownPath, cause, await putBack(done));
    }
  }
}

/** One per folder; there are few. */
const mutexes = new Map<string, Mutex>();

async function lockOf(lockFolder: string, folder: string, timeout: number): Promise<HeldLock> {
  const deadline = Date.now() + timeout;
  for (;;) {
    try {
      return await acquireLockIn(lockFolder, `write ${folder}`, Math.max(deadline - Date.now(), 0));
    } catch (cause) {
      // Whoever held it before took the folder away with it, in the moment between making it and writing into it.
      const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
      if (isGone && Date.now() < deadline) continue;
      if (cause instanceof StateManagerError) throw busy(cause, lockFolder);
      throw unwritable(folder, cause, []);
    }
  }
}

function busy(cause: StateManagerError, lockFolder: string): StateManagerError {
  return new StateManagerError(cause.code, cause.message, {
    cause,
    hint: `run it again; if the process that is named is gone: rm -r ${lockFolder}`,
    details: cause.details,
  });
}

/** The lock is held, so what a temporary of this file was written for is dead. */
async function replace(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const prefix = `.${basename(target)}.`;
  const names = await readdir(dirname(target));
  const left = names.filter((name) => name.startsWith(prefix) && name.endsWith('.tmp'));
  for (const name of left) await rm(join(dirname(target), name), { force: true });
  const temporary = join(dirname(target), `${prefix}${process.pid}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeDurably(target, content, temporary, mode);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function modeFor({ path, before }: PlannedWrite, options: WriteOptions): Promise<number> {
  if (options.private) return 0o600;
  return before === null ? 0o644 : (await stat(path)).mode & 0o777;
}

/** The paths that could not be put back. */
async function putBack(done: readonly { readonly write: PlannedWrite; readonly mode: number }[]): Promise<string[]> {
  const left: string[] = [];
  for (const { write, mode } of [...done].reverse()) {
    const back = write.before === null ? removeDurably(write.path) : replace(write.path, write.before, mode);
    await back.catch(() => left.push(write.shownPath));
  }
  return left;
}
