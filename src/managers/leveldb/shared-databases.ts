import { realpath } from 'node:fs/promises';
import { Mutex } from 'async-mutex';
import { examineLevelDb } from '../../leveldb/read-leveldb.js';
import { isDatabase } from './find-database.js';
import { type Database, openDatabase } from './open-database.js';

export type Borrowed = { readonly database: Database; giveBack(): Promise<void> };

/**
 * The database at `path`, one handle for every manager of this process: LevelDB lets a process open it once, and scripts make
 * several managers. Closed when the last one gives it back. Null where there is none, unless it may be created.
 */
export function borrowDatabase(path: string, { create }: { readonly create: boolean }): Promise<Borrowed | null> {
  return turns.runExclusive(async () => {
    const there = await realpath(path).catch(() => path);
    const shared = databases.get(there) ?? (await opened(path, create));
    if (shared === null) return null;
    shared.users += 1;
    return { database: shared.database, giveBack: () => giveBack(shared) };
  });
}

type Shared = { readonly folder: string; readonly database: Database; users: number };

const databases = new Map<string, Shared>();
/** One opens or closes at a time: a database that is just closing is still locked. */
const turns = new Mutex();

async function opened(path: string, create: boolean): Promise<Shared | null> {
  const exists = await isDatabase(path);
  if (!exists && !create) return null;
  // LevelDB takes away what it cannot read when it compacts, and says "not there" of it: the next script would deploy again.
  if (exists) await examineLevelDb(path);
  const database = await openDatabase(path, { create: !exists });
  const folder = await realpath(path);
  const shared = { folder, database, users: 0 };
  databases.set(folder, shared);
  return shared;
}

function giveBack(shared: Shared): Promise<void> {
  return turns.runExclusive(async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    databases.delete(shared.folder);
    await shared.database.close();
  });
}
