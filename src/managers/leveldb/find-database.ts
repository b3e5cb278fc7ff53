import { stat } from 'node:fs/promises';
import { StateManagerError } from '../../errors.js';
import { type FolderListing, listFolder } from '../../leveldb/folder-listing.js';
import { lockHolder } from '../../leveldb/lock-holder.js';
import { requireLevelDb } from '../../leveldb/require-leveldb.js';
import { damaged, locked, unavailable } from './database-failure.js';

/**
 * Whether a LevelDB stands at `path`, looked at without opening it. False where there is nothing, or a folder that is empty but
 * for LevelDB's lock and diary: what a start that was killed leaves. Throws BACKEND_UNAVAILABLE for what is no folder or
 * cannot be listed, LEVELDB_READ_ERROR for the remains of a database, LEVELDB_INVALID for a folder of something else,
 * LEVELDB_LOCKED for one that is just being made.
 */
export async function isDatabase(path: string): Promise<boolean> {
  if (!(await isFolder(path))) return false;
  const listing = await list(path);
  const names = listing.own.map(({ name }) => name).filter((name) => name !== 'LOCK');
  if (names.includes('CURRENT')) return requireWhole(path, listing);
  const lock = listing.own.find(({ name }) => name === 'LOCK');
  if (lock !== undefined && (await lockHolder(lock)) !== null) throw await locked(path);
  // LevelDB would make a new database over these, and what is left in them would be gone for good.
  if (names.length > 0) throw damaged(path, `there is no file CURRENT beside ${names.join(', ')}`);
  if (listing.others.every((name) => name.startsWith('.') || /^LOG(?:\.old)?$/.test(name))) return false;
  await requireLevelDb(path, listing);
  return true;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false;
    throw unavailable(path, `it cannot be looked at: ${String(cause)}`, cause);
  }
  throw unavailable(path, 'a LevelDB is a folder, and this is none');
}

async function list(path: string): Promise<FolderListing> {
  try {
    return await listFolder(path);
  } catch (cause) {
    if (cause instanceof StateManagerError && cause.code === 'LEVELDB_READ_ERROR') {
      throw unavailable(path, cause.message, cause);
    }
    throw cause;
  }
}

/** CURRENT that says nothing LevelDB would write is damage, not another kind of folder. */
async function requireWhole(path: string, listing: FolderListing): Promise<true> {
  try {
    await requireLevelDb(path, listing);
    return true;
  } catch (cause) {
    if (!(cause instanceof StateManagerError))
      throw unavailable(path, `CURRENT cannot be read: ${String(cause)}`, cause);
    throw damaged(path, cause.message, { cause });
  }
}
