import { join } from 'node:path';
import type { Checkout } from '../checkout-context.js';
import { syncFile, syncFolder } from './durable.js';

/**
 * Makes loose objects durable together with their folders. git skips an object that is there already, even one that an
 * earlier, unsynced `git add` left, so each is synced here whoever wrote it; one that is only in a pack is older than us.
 */
export async function syncObjects(checkout: Checkout, oids: readonly string[]): Promise<void> {
  const objects = checkout.env['GIT_OBJECT_DIRECTORY'] ?? join(checkout.commonDir, 'objects');
  const folders = new Set<string>();
  for (const oid of new Set(oids)) {
    const folder = join(objects, oid.slice(0, 2));
    if (await syncFile(join(folder, oid.slice(2)))) folders.add(folder);
  }
  for (const folder of folders) await syncFolder(folder);
  await syncFolder(objects);
}
