import { posix, relative, sep } from 'node:path';
import { StateManagerError } from '../errors.js';
import type { Context } from './command.js';

/** Paths as someone typed them, relative to where the command was started, as paths of the repository. Throws BAD_USAGE. */
export async function statePaths(context: Context, typed: readonly string[]): Promise<readonly string[]> {
  if (typed.length === 0) return [];
  const { prefix } = await context.openCheckout();
  return typed.map((path) => inRepository(prefix, path, context.cwd));
}

function inRepository(prefix: string, typed: string, cwd: string): string {
  const local = (posix.isAbsolute(typed) ? relative(cwd, typed) : typed).split(sep).join('/');
  const path = posix.join(prefix, local).replace(/\/$/, '');
  if (path === '..' || path.startsWith('../') || posix.isAbsolute(path)) {
    throw new StateManagerError('BAD_USAGE', `${JSON.stringify(typed)} lies outside the repository`, {
      hint: 'name files of this repository, or none for all state files',
    });
  }
  return path === '.' ? '' : path;
}
