import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LegacyEntry } from '../core/legacy/entry.js';
import { readStore, type StoreSource } from '../core/leveldb/read-store.js';
import { StateManagerError } from '../errors.js';
import type { StoreContent } from '../ports/legacy-store.js';
import { copyStore } from './copy-store.js';
import { requireRemains } from './require-leveldb.js';
import { refuseDamage } from './refuse-damage.js';

const keyLimit = 64 * 1024;
const valueLimit = 64 * 1024 * 1024;
const entryLimit = 1_000_000;
const totalLimit = 1024 ** 3;
/** Superseded versions and what the files need besides entries count here. */
const bytesLimit = 2 * totalLimit;

/** @see LegacyStore.read */
export async function readLevelDb(folder: string, seen?: (entries: number) => void): Promise<readonly LegacyEntry[]> {
  return (await examineLevelDb(folder, seen)).entries;
}

/**
 * Reads a private copy, which is gone afterwards, by its bytes: every CRC is checked, and what the files say of each other.
 * `level` would answer less or other than was written, without any error, where they are damaged.
 * @see LegacyStore.examine
 */
export async function examineLevelDb(folder: string, seen?: (entries: number) => void): Promise<StoreContent> {
  try {
    const { entries, superseded, problems, affected } = await inCopy(folder, (files) =>
      readStore(files, { bytes: bytesLimit }),
    );
    refuseDamage(folder, { problems, affected, readable: entries.length });
    requireBounds(folder, entries, seen);
    return { entries, superseded, warnings: problems };
  } catch (cause) {
    if (cause instanceof StateManagerError) throw cause;
    throw new StateManagerError('LEVELDB_READ_ERROR', `${folder} could not be read as a LevelDB: ${String(cause)}`, {
      hint: 'may you read every file of it? If so they are damaged: take them from a backup or from git history',
      cause,
      details: { path: folder, reference: 'LEVELDB-001' },
    });
  }
}

/** The files of a private copy, each read when it is asked for: together they may be larger than what is in them. */
async function inCopy<Result>(folder: string, read: (files: StoreSource) => Result): Promise<Result> {
  const workspace = await mkdtemp(join(tmpdir(), 'stateroot-leveldb-'));
  try {
    const copy = join(workspace, 'copy');
    await copyStore(folder, copy, requireRemains);
    const names = new Set(await readdir(copy));
    return read({
      keys: () => names.values(),
      get: (name) => (names.has(name) ? readFileSync(join(copy, name)) : undefined),
    });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

function requireBounds(folder: string, entries: readonly LegacyEntry[], seen?: (entries: number) => void): void {
  if (entries.length > entryLimit) throw tooMuch(folder, 'there are more than 1,000,000 entries');
  let total = 0;
  for (const [i, { key, value }] of entries.entries()) {
    total += key.length + value.length;
    if (key.length > keyLimit) throw tooMuch(folder, `a key has ${key.length} bytes; 65,536 is the limit`);
    if (value.length > valueLimit) throw tooMuch(folder, `a value has ${value.length} bytes; 64 MiB is the limit`);
    if (total > totalLimit) throw tooMuch(folder, 'keys and values together exceed 1 GiB');
    if ((i + 1) % 1000 === 0) seen?.(i + 1);
  }
  seen?.(entries.length);
}

function tooMuch(folder: string, what: string): StateManagerError {
  return new StateManagerError('LEVELDB_INVALID', `${folder} is no database of deployments: ${what}`, {
    hint: 'check the path; deployment records have some hundred bytes each',
    details: { path: folder },
  });
}
