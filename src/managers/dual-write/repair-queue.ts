import { open, readFile, rm, rmdir, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAbsent } from '../../git/read/worktree-tree.js';
import { mkdirDurably, syncFolder, writeDurably } from '../../git/write/durable.js';
import { acquireLockIn, type HeldLock, lockPath } from '../../git/write/lock.js';
import { StateManagerError } from '../../errors.js';
import { entryLine, type QueueEntry, readEntry } from './queue-entry.js';

/** Writes that one of two backends lacks, in a file of JSON lines, oldest first. */
export type RepairQueue = {
  /** Everything in it. Throws JSON_PARSE_ERROR for a line that is no entry, FILE_FAILED. */
  read(): Promise<readonly QueueEntry[]>;
  /** Durable when it resolves. Only under the lock. */
  append(entry: QueueEntry): Promise<void>;
  /** The same; emptying alone is not durable, what comes again then is found done. */
  replace(entries: readonly QueueEntry[]): Promise<void>;
  /** One writer at a time, of all processes: their writes would reach the two backends in different orders. Throws BUSY. */
  underLock<Result>(run: () => Promise<Result>): Promise<Result>;
  /** Leaves nothing behind where nothing is queued. */
  close(): Promise<void>;
};

const lockTimeout = 30_000;

/** Touches nothing until it is used. `place` answers the file. */
export function openRepairQueue(place: () => Promise<string>): RepairQueue {
  const queue: RepairQueue = {
    async read() {
      return (await readWhole(await place())).entries;
    },
    async append(entry) {
      const file = await place();
      const { entries, isTorn, isThere } = await readWhole(file);
      if (isTorn) await queue.replace(entries);
      await failing(file, () => appendLine(file, entryLine(entry)));
      if (!isThere) await syncFolder(dirname(file));
    },
    async replace(entries) {
      const file = await place();
      await failing(file, async () => {
        if (entries.length > 0) await writeDurably(file, entries.map(entryLine).join(''));
        else await emptied(file);
      });
    },
    async underLock(run) {
      const folder = dirname(await place());
      const lock = await acquire(folder);
      try {
        return await run();
      } finally {
        await lock.release();
      }
    },
    async close() {
      const file = await place();
      const { isThere, entries, isTorn } = await readWhole(file);
      if (entries.length > 0 || isTorn) return;
      if (isThere) await queue.underLock(() => removeEmpty(file));
      await removeFolder(dirname(file));
    },
  };
  return queue;
}

type Whole = { readonly entries: readonly QueueEntry[]; readonly isTorn: boolean; readonly isThere: boolean };

/** A last line without its end was never acknowledged: its writer died before it touched a backend. */
async function readWhole(file: string): Promise<Whole> {
  const text = await failing(file, () => textOf(file));
  if (text === null) return { entries: [], isTorn: false, isThere: false };
  const lines = text.split('\n');
  const tail = lines.pop() ?? '';
  const entries = lines.map((line, index) => readEntry(line) ?? notEntry(file, index + 1));
  return { entries, isTorn: tail !== '', isThere: true };
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw cause;
  }
}

async function appendLine(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await handle.writeFile(line);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function emptied(file: string): Promise<void> {
  try {
    await truncate(file);
  } catch (cause) {
    if (!isAbsent(cause)) throw cause;
  }
}

async function removeEmpty(file: string): Promise<void> {
  if ((await textOf(file)) === '') await rm(file, { force: true });
}

async function removeFolder(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (cause) {
    // Another pair has its queue there, or another process its lock.
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (!isAbsent(cause) && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw cause;
  }
}

async function acquire(folder: string, attempts = 5): Promise<HeldLock> {
  await failing(folder, () => mkdirDurably(folder));
  try {
    return await acquireLockIn(folder, 'dual write', lockTimeout);
  } catch (cause) {
    // Another process that closed took the empty folder away.
    if (isAbsent(cause) && attempts > 1) return acquire(folder, attempts - 1);
    const id = cause instanceof StateManagerError ? cause.details['lock'] : undefined;
    if (!(cause instanceof StateManagerError) || typeof id !== 'string') throw cause;
    throw new StateManagerError(cause.code, cause.message, {
      cause,
      hint: `run it again; if that process is gone: rm ${lockPath(folder, id)}`,
      details: cause.details,
    });
  }
}

async function failing<Result>(file: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof StateManagerError) throw cause;
    throw new StateManagerError('FILE_FAILED', `The repair queue ${file} cannot be used: ${String(cause)}`, {
      cause,
      hint: 'check its permissions and the space on its disk, or pass queueFile',
      details: { file },
    });
  }
}

function notEntry(file: string, line: number): never {
  throw new StateManagerError('JSON_PARSE_ERROR', `${file}:${line} is no entry of the repair queue`, {
    hint: `look at the line; without it the backends may differ until performBulkMigration`,
    details: { file, line, reference: 'JSON-002' },
  });
}
