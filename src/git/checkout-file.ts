import { chmod, lstat, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { StateManagerError } from '../errors.js';
import type { CheckoutFile } from '../ports/checkout.js';
import { isAbsent } from './read/worktree-tree.js';
import { writeDurably } from './write/durable.js';

/** A small file of the checkout, null when nothing is there. Throws FILE_FAILED. */
export async function readCheckoutFile(top: string, path: string): Promise<CheckoutFile | null> {
  const file = resolve(top, path);
  try {
    const stats = await lstat(file);
    return stats.isFile() ? await readRegular(file, stats.mode) : { ...(await readLinked(file)), regular: false };
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw fileFailed(path, 'read', cause);
  }
}

async function readRegular(file: string, mode: number): Promise<CheckoutFile> {
  return { text: await readFile(file, 'latin1'), executable: (mode & 0o111) !== 0, regular: true };
}

/** What git runs or reads through a link; nothing where that is no file. */
async function readLinked(file: string): Promise<Pick<CheckoutFile, 'text' | 'executable'>> {
  const stats = await stat(file).catch(() => null);
  return stats?.isFile() === true ? await readRegular(file, stats.mode) : { text: '', executable: false };
}

/** Replaces the file whole; one that exists keeps its mode. Throws FILE_FAILED. */
export async function writeCheckoutFile(top: string, path: string, text: string, executable: boolean): Promise<void> {
  const file = resolve(top, path);
  try {
    const mode = await modeOf(file);
    await writeDurably(file, Buffer.from(text, 'latin1'));
    if (mode !== null) await chmod(file, mode);
    else if (executable) await chmod(file, 0o755);
  } catch (cause) {
    throw fileFailed(path, 'written', cause);
  }
}

/** With its folders up to and including `emptied`, as far as that leaves them empty. Throws FILE_FAILED. */
export async function removeCheckoutFile(top: string, path: string, emptied?: string): Promise<void> {
  const file = resolve(top, path);
  try {
    await rm(file, { force: true });
    if (emptied === undefined) return;
    for (let folder = dirname(file); isAtOrBelow(resolve(top, emptied), folder); folder = dirname(folder)) {
      if ((await readdir(folder)).length > 0) return;
      await rmdir(folder);
    }
  } catch (cause) {
    throw fileFailed(path, 'removed', cause);
  }
}

function isAtOrBelow(top: string, folder: string): boolean {
  const way = relative(top, folder);
  return way.split(sep)[0] !== '..' && !isAbsolute(way);
}

async function modeOf(file: string): Promise<number | null> {
  try {
    return (await lstat(file)).mode & 0o777;
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw cause;
  }
}

function fileFailed(path: string, verb: string, cause: unknown): StateManagerError {
  return new StateManagerError('FILE_FAILED', `${path} cannot be ${verb}: ${String(cause)}`, {
    cause,
    hint: 'check its permissions and the disk',
  });
}
