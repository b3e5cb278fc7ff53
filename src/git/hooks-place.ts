import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { StateManagerError } from '../errors.js';
import type { Hooks } from '../ports/checkout.js';
import type { CheckoutPlace } from './checkout-place.js';
import type { StrictGit } from './strict-git.js';

/** Where git runs hooks from in this clone, and what husky has to do with it. */
export async function findHooks(git: StrictGit, place: CheckoutPlace): Promise<Hooks> {
  const folder = resolve(place.top, (await git('rev-parse', '--git-path', 'hooks')).replace(/\n$/, ''));
  return {
    folder: shownFrom(place.top, folder),
    usual: shownFrom(place.top, join(place.commonDir, 'hooks')),
    own: isInside(place.top, folder) || isInside(place.commonDir, folder),
    configured: await configuredPath(git),
    husky: findHusky(place.top, folder),
  };
}

async function configuredPath(git: StrictGit): Promise<string | null> {
  try {
    return (await git('config', '--get', 'core.hooksPath')).replace(/\n$/, '');
  } catch (error) {
    // git says by exit code 1 that the key is not set.
    if (error instanceof StateManagerError && error.code === 'GIT_FAILED') return null;
    throw error;
  }
}

/** husky 9 points core.hooksPath at `<husky>/_`; a clone where it never ran has only the folder. */
function findHusky(top: string, hooksFolder: string): Hooks['husky'] {
  const active = basename(hooksFolder) === '_' && existsSync(join(hooksFolder, 'h'));
  if (active) return { folder: shownFrom(top, dirname(hooksFolder)), active };
  return existsSync(join(top, '.husky')) ? { folder: '.husky', active: false } : null;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(realPath(folder), realPath(path));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Of a folder that may not exist yet: the real path of what does. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync(path);
  return dirname(path) === path ? path : join(realPath(dirname(path)), basename(path));
}

function shownFrom(top: string, path: string): string {
  return (isInside(top, path) ? relative(top, path) : path).split(sep).join('/');
}
