import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { shellWord } from '../core/shell-word.js';
import { StateManagerError } from '../errors.js';

/** Where a command line runs, absolute; `asked` is what -C names. Throws BAD_INPUT where that is no folder. */
export function workingFolder(cwd: string, asked: string | undefined): string {
  if (asked === undefined) return cwd;
  const folder = resolve(cwd, asked);
  const problem = problemOf(folder);
  if (problem === null) return folder;
  throw new StateManagerError('BAD_INPUT', `${folder} ${problem}.`, {
    hint: `check what -C/--cwd names: ls ${shellWord(nearestFolder(folder))}`,
    details: { path: folder },
  });
}

function nearestFolder(path: string): string {
  const above = dirname(path);
  return above === path || problemOf(above) === null ? above : nearestFolder(above);
}

function problemOf(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? null : 'is a file, and -C takes a folder';
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'does not exist' : `cannot be entered: ${message}`;
  }
}
