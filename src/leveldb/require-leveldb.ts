import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { namedManifest } from '../core/leveldb/file-names.js';
import { StateManagerError } from '../errors.js';
import type { FolderListing } from './folder-listing.js';
import { readRegularFile } from '../files/regular-file.js';

/** CURRENT holds one short line; whatever is longer is something else. */
const currentLimit = 256n;

/**
 * Refuses a folder that is no LevelDB, with what was found instead: LevelDB itself would follow whatever path CURRENT
 * names. Throws LEVELDB_INVALID.
 */
export async function requireLevelDb(path: string, listing: FolderListing): Promise<void> {
  const current = listing.own.find((file) => file.name === 'CURRENT');
  if (current === undefined) throw await withoutCurrent(path, listing);
  if (current.size > currentLimit) throw invalid(path, `CURRENT has ${current.size.toString()} bytes, not one line`);
  const text = (await readRegularFile(join(listing.folder, 'CURRENT'))).toString('latin1');
  const name = namedManifest(text);
  if (name === null) throw invalid(path, `CURRENT says ${JSON.stringify(text)}, not the name of a manifest`);
  if (!listing.own.some((file) => file.name === name)) throw invalid(path, `CURRENT names ${name}, which is missing`);
}

/**
 * Refuses a folder that never was a LevelDB. One that has tables or logs and lacks CURRENT, or the MANIFEST it names, was: reading
 * tells what is left of it. Throws LEVELDB_INVALID.
 */
export async function requireRemains(path: string, listing: FolderListing): Promise<void> {
  const isShort = listing.own.every(({ name, size }) => name !== 'CURRENT' || size <= currentLimit);
  if (isShort && listing.own.some(({ name }) => /^\d+\./.test(name))) return;
  await requireLevelDb(path, listing);
}

async function withoutCurrent(path: string, listing: FolderListing): Promise<StateManagerError> {
  const names = [...listing.own.map((file) => file.name), ...listing.others].sort();
  if (names.length === 0) return invalid(path, 'the folder is empty');
  for (const name of listing.others) {
    const nested = await lstat(join(listing.folder, name, 'CURRENT')).catch(() => null);
    if (nested?.isFile() === true)
      return invalid(path, `there is no file CURRENT, but ${name}/ has one`, join(path, name));
  }
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  return invalid(path, `there is no file CURRENT; found ${shown}`);
}

function invalid(path: string, found: string, better?: string): StateManagerError {
  return new StateManagerError('LEVELDB_INVALID', `${path} is not a LevelDB: ${found}`, {
    hint:
      better === undefined ? 'name the folder with CURRENT and MANIFEST-… in it' : `stateroot import leveldb ${better}`,
    details: { path, found },
  });
}
