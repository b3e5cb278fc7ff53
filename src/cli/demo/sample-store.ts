import { join } from 'node:path';
import { sampleEntries } from '../../core/sample/entries.js';

/** Writes the sample state as the LevelDB of deploy scripts, into `store/` of a folder. */
export async function writeSampleStore(folder: string): Promise<void> {
  // `level` is native code: nothing loads it before it is needed.
  const { levelStore } = await import('../../leveldb/level-store.js');
  const encoder = new TextEncoder();
  const entries = sampleEntries().map(({ key, value }) => ({ key: encoder.encode(key), value: encoder.encode(value) }));
  await levelStore.write(join(folder, 'store'), entries);
}
