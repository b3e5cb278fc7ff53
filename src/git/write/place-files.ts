import { rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Checkout } from '../checkout-context.js';
import { readBlob } from '../read/commit-tree.js';
import { mkdirDurably, removeDurably, syncFolder, writeDurably } from './durable.js';

/** Makes a work-tree file the blob, or removes it: whole at every moment, durable when this returns. */
export async function placeFile(
  checkout: Pick<Checkout, 'top' | 'objects'>,
  path: string,
  oid: string | null,
  id: string,
): Promise<void> {
  const file = join(checkout.top, path);
  if (oid !== null) {
    await mkdirDurably(dirname(file));
    await writeDurably(file, await readBlob(checkout.objects, oid, path), temporaryFile(checkout.top, path, id));
    return;
  }
  await removeDurably(file);
  await removeEmptyFolders(checkout.top, dirname(path));
}

/** Named after the write, so that recovery finds what a killed process left. */
export function temporaryFile(top: string, path: string, id: string): string {
  return join(top, dirname(path), `.${basename(path)}.${id}.tmp`);
}

/** As git does when the last file of a folder goes. */
async function removeEmptyFolders(top: string, folder: string): Promise<void> {
  for (let empty = folder; empty !== '.'; empty = dirname(empty)) {
    try {
      await rmdir(join(top, empty));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && ['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(String(cause.code)))
        return;
      throw cause;
    }
    await syncFolder(join(top, dirname(empty)));
  }
}
