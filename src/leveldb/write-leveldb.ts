import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Level } from 'level';
import type { LegacyEntry } from '../core/legacy/entry.js';
import { StateManagerError } from '../errors.js';

const batchSize = 1000;

/**
 * Builds the database in a folder beside the target, makes it durable, then gives it its name: nobody ever sees half
 * of it. @see LegacyStore.write
 */
export async function writeLevelDb(folder: string, entries: Iterable<LegacyEntry>): Promise<void> {
  const target = resolve(folder);
  await refuseExisting(folder, target);
  let workspace: string | null = null;
  try {
    await mkdir(dirname(target), { recursive: true });
    workspace = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
    const built = join(workspace, 'store');
    await fill(built, entries);
    await syncFolder(built);
    await rename(built, target);
    await syncOne(dirname(target));
  } catch (cause) {
    if (cause instanceof StateManagerError) throw cause;
    throw new StateManagerError('LEVELDB_WRITE_ERROR', `${folder} could not be written: ${String(cause)}`, {
      hint: `check that ${dirname(folder)} can be written and has room`,
      cause,
      details: { path: folder },
    });
  } finally {
    if (workspace !== null) await rm(workspace, { recursive: true, force: true });
  }
}

/** An empty folder may stand there: rename replaces it, and fails should something appear in it meanwhile. */
async function refuseExisting(folder: string, target: string): Promise<void> {
  const names = await readdir(target).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    return ['a file'];
  });
  if (names.length === 0) return;
  throw new StateManagerError('OUTPUT_EXISTS', `${folder} exists already; nothing in it was touched`, {
    hint: 'name a folder that does not exist yet',
    details: { path: folder },
  });
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

async function syncFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await syncOne(join(folder, name));
  await syncOne(folder);
}

async function syncOne(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
