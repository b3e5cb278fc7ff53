import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { compareText } from '../../core/equal.js';
import {
  configPath,
  isManifest,
  isStray,
  manifestFolder,
  stateFolders,
  statePathsIn,
  unifiedFolder,
} from '../../core/layout.js';
import { StateManagerError } from '../../errors.js';
import type { StateFile, StateTree } from '../../ports/state-repository.js';

/** What is on disk. No git process: this is the path of every plain `get` and `list`. */
export function worktreeTree(top: string, root: string): StateTree {
  return {
    commit: null,
    async paths() {
      const listed = await Promise.all(stateFolders(root).map((folder) => listFolder(top, folder)));
      const config = await readStateFile(top, configPath(root));
      return statePathsIn(root, [...listed.flat(), ...(config === null ? [] : [config.path])]);
    },
    async read(paths) {
      const files = await Promise.all(paths.map((path) => readStateFile(top, path)));
      return files.filter((file) => file !== null);
    },
    async strays() {
      const listed = await listFolder(top, unifiedFolder(root), true);
      return listed.filter((path) => isStray(path, root)).sort(compareText);
    },
    async manifests() {
      const paths = (await listFolder(top, manifestFolder(root))).filter((path) => isManifest(path, root));
      const files = await Promise.all(paths.sort(compareText).map((path) => readStateFile(top, path)));
      return files.filter((file) => file !== null);
    },
  };
}

/** One file as git would see it: a link is its target text with mode 120000. Null when there is none. */
export async function readStateFile(top: string, path: string): Promise<StateFile | null> {
  const file = join(top, path);
  try {
    const stats = await lstat(file);
    if (stats.isSymbolicLink()) return { path, mode: '120000', bytes: Buffer.from(await readlink(file)) };
    if (!stats.isFile()) return null;
    return { path, mode: (stats.mode & 0o100) === 0 ? '100644' : '100755', bytes: await readFile(file) };
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw new StateManagerError('FILE_FAILED', `${path} cannot be read: ${String(cause)}`, {
      cause,
      hint: 'check its permissions',
    });
  }
}

export function isAbsent(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

async function listFolder(top: string, folder: string, recursive = false): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(top, folder), { withFileTypes: true, recursive });
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw new StateManagerError('FILE_FAILED', `${folder} cannot be listed: ${String(cause)}`, {
      cause,
      hint: 'check its permissions',
    });
  }
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
