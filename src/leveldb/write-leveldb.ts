import { Level } from 'level';
import type { LegacyEntry } from '../core/legacy/entry.js';
import { buildFolder } from '../files/build-folder.js';

const batchSize = 1000;

/** @see LegacyStore.write */
export async function writeLevelDb(folder: string, entries: Iterable<LegacyEntry>): Promise<void> {
  await buildFolder(folder, 'LEVELDB_WRITE_ERROR', (place) => fill(place, entries));
}

async function fill(folder: string, entries: Iterable<LegacyEntry>): Promise<void> {
  const database = new Level<Uint8Array, Uint8Array>(folder, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    errorIfExists: true,
  });
  await database.open();
  try {
    let batch: { type: 'put'; key: Uint8Array; value: Uint8Array }[] = [];
    for (const { key, value } of entries) {
      batch.push({ type: 'put', key, value });
      if (batch.length < batchSize) continue;
      await database.batch(batch);
      batch = [];
    }
    await database.batch(batch, { sync: true });
  } finally {
    await database.close();
  }
}
