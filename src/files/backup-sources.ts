import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { backupNames } from '../core/backup/names.js';
import { compareText } from '../core/equal.js';
import { isStatePath } from '../core/layout.js';
import { StateManagerError } from '../errors.js';
import type { BackupSources } from '../ports/backup-folders.js';

/**
 * What a backup takes beside git: the LevelDB (null: none) and the JSON files that were named (absolute), else `deployments/*.json` of
 * the state root where they exist. State files are no legacy files. Throws BAD_INPUT.
 */
export async function findBackupSources(
  { top, root }: { readonly top: string; readonly root: string },
  asked: { readonly leveldb: string | null; readonly legacyJson: string | undefined },
): Promise<BackupSources> {
  const { leveldb } = asked;
  const names = await jsonFiles(asked.legacyJson ?? join(top, root, 'deployments'), asked.legacyJson !== undefined);
  const legacy = names.map((from) => ({
    from,
    name: basename(from),
    restoreTo: placeIn(top, from) ?? `${backupNames.legacy}/${basename(from)}`,
  }));
  return {
    leveldb: leveldb === null ? null : { from: leveldb, restoreTo: (await placeOf(top, leveldb)) ?? 'leveldb' },
    legacy: legacy.filter(({ restoreTo }) => !isStatePath(restoreTo)),
  };
}

/** Relative to the top with `/`; null for what lies outside of it, or is the top. */
export function placeIn(top: string, path: string): string | null {
  const place = relative(top, path).split(sep).join('/');
  return place === '' || place === '..' || place.startsWith('../') || place.startsWith('/') ? null : place;
}

async function placeOf(top: string, path: string): Promise<string | null> {
  // What is not there is refused, with its reason, where it is copied.
  return placeIn(top, await realpath(path).catch(() => path));
}

async function jsonFiles(path: string, isAsked: boolean): Promise<string[]> {
  const place = await realpath(path).catch(() => null);
  const found = place === null ? null : await lstat(place);
  if (place === null || found === null) {
    if (isAsked) throw unreadable(path);
    return [];
  }
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  return files.map(({ name }) => join(place, name)).sort(compareText);
}

function unreadable(path: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `${path} cannot be read: there is nothing of that name.`, {
    hint: 'name a JSON file, or the folder with the files directly in it',
    details: { path },
  });
}
