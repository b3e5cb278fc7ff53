import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join, basename } from 'node:path';
import process from 'node:process';
import { isAbsent } from '../read/worktree-tree.js';

/** Makes a file's bytes survive a power loss. False when there is no such file. */
export async function syncFile(file: string): Promise<boolean> {
  try {
    await syncHandle(file);
    return true;
  } catch (cause) {
    if (isAbsent(cause)) return false;
    throw cause;
  }
}

/** Makes names in a folder (a rename, a new file, a removal) survive a power loss: git never does this (git-facts C4). */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open folders; NTFS journals its names.
  if (process.platform === 'win32') return;
  await syncHandle(folder);
}

/** Writes a new file whole: temporary beside it, fsync, rename, fsync of the folder. `mode` whatever the umask says. */
export async function writeDurably(
  file: string,
  bytes: string | Uint8Array,
  temporary = temporaryBeside(file),
  mode?: number,
): Promise<void> {
  await mkdirDurably(dirname(file));
  await rm(temporary, { force: true });
  await writeNew(temporary, bytes, mode);
  await rename(temporary, file);
  await syncFolder(dirname(file));
}

/** Creates a file that must not exist, its content complete from its first moment on. Throws EEXIST. */
export async function createWhole(file: string, bytes: string, temporary: string): Promise<void> {
  // The same write, resumed after a kill, finds its own leftover.
  await rm(temporary, { force: true });
  await writeNew(temporary, bytes);
  try {
    await link(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Creates missing folders and makes each of their names durable. */
export async function mkdirDurably(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made !== dirname(first); made = dirname(made)) await syncFolder(made);
  await syncFolder(dirname(first));
}

export async function removeDurably(file: string): Promise<void> {
  await rm(file, { force: true });
  await syncFolder(dirname(file));
}

function temporaryBeside(file: string): string {
  return join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
}

async function writeNew(file: string, bytes: string | Uint8Array, mode?: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    if (mode !== undefined) await handle.chmod(mode);
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncHandle(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
