import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent } from '../read/worktree-tree.js';
import { livingLocks } from './lock.js';

/** Where the holder of a lock puts what git is to read: beside its lock, so that whoever comes after its death finds both. */
export function scratchFolder(folder: string, lockId: string): string {
  return join(folder, `scratch.${lockId}`);
}

/** Removes the scratch folders whose writer is dead or has given its lock back. */
export async function removeDeadScratch(folder: string): Promise<void> {
  const found = await scratchIds(folder);
  if (found.length === 0) return;
  // Asked after the listing: a writer has its lock before it makes its folder.
  const alive = new Set((await livingLocks(folder)).map((lock) => lock.id));
  for (const id of found) {
    if (!alive.has(id)) await rm(scratchFolder(folder, id), { recursive: true, force: true });
  }
}

async function scratchIds(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).flatMap((name) => /^scratch\.([0-9a-f]+)$/.exec(name)?.[1] ?? []);
  } catch (cause) {
    if (isAbsent(cause)) return [];
    throw cause;
  }
}
