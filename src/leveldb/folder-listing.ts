import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { StateManagerError } from '../errors.js';

/** One thing in a LevelDB folder that LevelDB itself would use, as `lstat` sees it. */
export type OwnFile = {
  readonly name: string;
  readonly size: bigint;
  readonly modified: bigint;
  readonly device: bigint;
  readonly inode: bigint;
};

export type FolderListing = {
  /** The folder itself, symbolic links on the way resolved. */
  readonly folder: string;
  /** Ascending by name. */
  readonly own: readonly OwnFile[];
  /** Names of everything else, for messages. */
  readonly others: readonly string[];
};

/** Names that LevelDB opens. LOG and LOG.old are its diary for people: never read, so never copied. */
const ownName = /^(?:CURRENT|LOCK|MANIFEST-\d+|\d+\.(?:log|ldb|sst))$/;

/**
 * What stands in the folder. A name of LevelDB's own that is no regular file is refused: LevelDB follows links, and
 * a link called MANIFEST-000001 would make it read a file that somebody else chose.
 * Throws LEVELDB_NOT_FOUND, LEVELDB_INVALID, LEVELDB_READ_ERROR.
 */
export async function listFolder(path: string): Promise<FolderListing> {
  const folder = await resolveFolder(path);
  const names = (await readNames(path, folder)).sort();
  const own: OwnFile[] = [];
  const others: string[] = [];
  for (const name of names) {
    if (!ownName.test(name)) {
      others.push(name);
      continue;
    }
    const found = await lstat(join(folder, name), { bigint: true }).catch(() => null);
    if (found === null) continue; // compacted away since readdir: the second listing will differ
    if (!found.isFile()) throw notRegular(path, name, found.isSymbolicLink() ? 'a symbolic link' : 'not a file');
    own.push({ name, size: found.size, modified: found.mtimeNs, device: found.dev, inode: found.ino });
  }
  return { folder, own, others };
}

export function sameListing(a: FolderListing, b: FolderListing): boolean {
  return a.own.length === b.own.length && a.own.every((file, i) => sameFile(file, b.own[i]));
}

async function resolveFolder(path: string): Promise<string> {
  const folder = await realpath(path).catch(() => null);
  if (folder === null) {
    throw new StateManagerError('LEVELDB_NOT_FOUND', `There is no folder ${path}`, {
      hint: 'name the folder of the LevelDB: the one with the file CURRENT in it',
      details: { path, reference: 'LEVELDB-001' },
    });
  }
  if ((await lstat(folder)).isDirectory()) return folder;
  throw new StateManagerError('LEVELDB_INVALID', `${path} is a file; a LevelDB is a folder`, {
    hint: 'name the folder of the LevelDB: the one with the file CURRENT in it',
    details: { path },
  });
}

async function readNames(path: string, folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw new StateManagerError('LEVELDB_READ_ERROR', `${path} could not be listed: ${String(cause)}`, {
      hint: `check that you may read ${path}`,
      cause,
      details: { path },
    });
  }
}

function notRegular(path: string, name: string, what: string): StateManagerError {
  return new StateManagerError('LEVELDB_INVALID', `${path} is not a LevelDB to trust: ${name} in it is ${what}`, {
    hint: `replace ${name} by the file it should be, or copy the folder with \`cp -rL\` if the link is meant`,
    details: { path, name },
  });
}

function sameFile(a: OwnFile, b: OwnFile | undefined): boolean {
  return a.name === b?.name && a.size === b.size && a.modified === b.modified && a.inode === b.inode;
}
