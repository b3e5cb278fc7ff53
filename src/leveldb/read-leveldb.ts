import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Level } from 'level';
import type { LegacyEntry } from '../core/legacy/entry.js';
import { StateManagerError } from '../errors.js';
import { copyStore } from './copy-store.js';

const keyLimit = 64 * 1024;
const valueLimit = 64 * 1024 * 1024;
const entryLimit = 1_000_000;
const totalLimit = 1024 ** 3;

/**
 * Reads every entry from a private copy, which is gone afterwards. `level` offers neither checksum verification nor
 * paranoid checks: a damaged database may open and answer less or other than was written, without any error.
 * @see LegacyStore.read
 */
export async function readLevelDb(folder: string, seen?: (entries: number) => void): Promise<readonly LegacyEntry[]> {
  try {
    return await readThroughCopy(folder, seen);
  } catch (cause) {
    if (cause instanceof StateManagerError) throw cause;
    throw new StateManagerError('LEVELDB_READ_ERROR', `${folder} could not be read as a LevelDB: ${reason(cause)}`, {
      hint: 'may you read every file of it? If so they are damaged: take them from a backup or from git history',
      cause,
      details: { path: folder },
    });
  }
}

async function readThroughCopy(folder: string, seen?: (entries: number) => void): Promise<LegacyEntry[]> {
  const workspace = await mkdtemp(join(tmpdir(), 'stateroot-leveldb-'));
  try {
    const copy = join(workspace, 'copy');
    await copyStore(folder, copy);
    return await readCopy(folder, copy, seen);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function readCopy(folder: string, copy: string, seen?: (entries: number) => void): Promise<LegacyEntry[]> {
  const database = new Level<Uint8Array, Uint8Array>(copy, {
    keyEncoding: 'view',
    valueEncoding: 'view',
    createIfMissing: false,
  });
  try {
    await database.open();
    return await collect(folder, database, seen);
  } finally {
    await database.close();
  }
}

async function collect(
  folder: string,
  database: Level<Uint8Array, Uint8Array>,
  seen?: (entries: number) => void,
): Promise<LegacyEntry[]> {
  const entries: LegacyEntry[] = [];
  let total = 0;
  for await (const [key, value] of database.iterator({ fillCache: false })) {
    total += key.length + value.length;
    if (key.length > keyLimit) throw tooMuch(folder, `a key has ${key.length} bytes; 65,536 is the limit`);
    if (value.length > valueLimit) throw tooMuch(folder, `a value has ${value.length} bytes; 64 MiB is the limit`);
    if (total > totalLimit) throw tooMuch(folder, 'keys and values together exceed 1 GiB');
    // The views lie on buffers the iterator may share between entries.
    entries.push({ key: Uint8Array.from(key), value: Uint8Array.from(value) });
    if (entries.length > entryLimit) throw tooMuch(folder, 'there are more than 1,000,000 entries');
    if (entries.length % 1000 === 0) seen?.(entries.length);
  }
  seen?.(entries.length);
  return entries;
}

function tooMuch(folder: string, what: string): StateManagerError {
  return new StateManagerError('LEVELDB_INVALID', `${folder} is no database of deployments: ${what}`, {
    hint: 'check the path; deployment records have some hundred bytes each',
    details: { path: folder },
  });
}

/** `level` says only that opening failed; why it failed is in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
