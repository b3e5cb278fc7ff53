import { chmod, lstat, readFile, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StateManagerError } from '../errors.js';
import type { CheckoutFile } from '../ports/checkout.js';
import { isAbsent } from './read/worktree-tree.js';
import { writeDurably } from './write/durable.js';

/** A small file of the checkout, null when nothing is there. Throws FILE_FAILED. */
export async function readCheckoutFile(top: string, path: string): Promise<CheckoutFile | null> {
  const file = resolve(top, path);
  try {
    const stats = await lstat(file);
    if (!stats.isFile()) return { text: '', executable: false, regular: false };
    return { text: await readFile(file, 'latin1'), executable: (stats.mode & 0o111) !== 0, regular: true };
  } catch (cause) {
    if (isAbsent(cause)) return null;
    throw fileFailed(path, 'read', cause);
  }
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

/** Throws FILE_FAILED. */
export async function removeCheckoutFile(top: string, path: string): Promise<void> {
  try {
    await rm(resolve(top, path), { force: true });
  } catch (cause) {
    throw fileFailed(path, 'removed', cause);
  }
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
