import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StateManagerError } from '../errors.js';
import { type FolderListing, listFolder, sameListing } from './folder-listing.js';
import { lockHolder } from './lock-holder.js';
import { openRegularFile } from '../files/regular-file.js';
import { requireLevelDb } from './require-leveldb.js';

const attempts = 4;
const sizeLimit = 4n * 1024n ** 3n;

/**
 * Copies a LevelDB into a new private folder, because opening one changes it. A copy counts only when the listing was
 * the same before and after, and `require` takes it for one. Throws LEVELDB_NOT_FOUND, LEVELDB_INVALID, LEVELDB_LOCKED, LEVELDB_READ_ERROR.
 */
export async function copyStore(
  path: string,
  into: string,
  require: typeof requireLevelDb = requireLevelDb,
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await wait(attempt * 100);
    const before = await listFolder(path);
    await require(path, before);
    await refuseHeld(path, before);
    refuseHuge(path, before);
    const copied = await copyFiles(before, into);
    const after = await listFolder(path);
    await refuseHeld(path, after);
    if (copied === null && sameListing(before, after)) return;
    if (copied !== null && sameListing(before, after)) throw unreadable(path, copied);
    await rm(into, { recursive: true, force: true });
  }
  throw new StateManagerError('LEVELDB_LOCKED', `${path} changed during each of ${attempts} attempts to copy it`, {
    hint: 'stop the program that writes to it, then run the same command again; or import a copy of the folder',
    details: { path, reference: 'LEVELDB-002' },
  });
}

async function refuseHeld(path: string, listing: FolderListing): Promise<void> {
  const lock = listing.own.find((file) => file.name === 'LOCK');
  const holder = lock === undefined ? null : await lockHolder(lock);
  if (holder === null) return;
  const who = holder.pid > 0 ? `process ${holder.pid}` : 'a process outside this container';
  throw new StateManagerError(
    'LEVELDB_LOCKED',
    `${path} is held open by ${who}, so what stands in it may be half a write`,
    {
      hint: 'let that program finish or stop it, then run the same command again; do not delete LOCK',
      details: { path, pid: holder.pid, reference: 'LEVELDB-002' },
    },
  );
}

function refuseHuge(path: string, listing: FolderListing): void {
  const size = listing.own.reduce((sum, file) => sum + file.size, 0n);
  if (size <= sizeLimit) return;
  throw new StateManagerError('LEVELDB_INVALID', `${path} has ${size.toString()} bytes; more than 4 GiB are not read`, {
    hint: 'is this the database of deployments?',
    details: { path, size: size.toString() },
  });
}

/** Null when all went well, else why not: a file may vanish while LevelDB compacts, and then a second look decides. */
async function copyFiles(listing: FolderListing, into: string): Promise<unknown> {
  await mkdir(into, { mode: 0o700 });
  try {
    for (const { name } of listing.own) {
      // The copy gets a LOCK of its own; opening the source's could drop its owner's lock (see lock-holder).
      if (name !== 'LOCK') await copyFile(join(listing.folder, name), join(into, name));
    }
    return null;
  } catch (cause) {
    return cause;
  }
}

async function copyFile(from: string, to: string): Promise<void> {
  const source = await openRegularFile(from);
  try {
    const target = await open(to, 'wx', 0o600);
    try {
      for await (const chunk of source.createReadStream({ autoClose: false })) await target.writeFile(chunk as Buffer);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function unreadable(path: string, cause: unknown): StateManagerError {
  return new StateManagerError('LEVELDB_READ_ERROR', `${path} could not be copied: ${String(cause)}`, {
    hint: `check that you may read every file in ${path}`,
    cause,
    details: { path },
  });
}
