import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { findCheckout } from '../git/checkout-place.js';
import { migrationNotes } from '../git/migration-notes.js';
import type { Context } from './command.js';

/**
 * The LevelDB that is meant where none is named, absolute: the one that a migration has deploy scripts of this clone use, as a rollback
 * wrote it, else `leveldb/` of the state root; null where there is none. Throws MIGRATION_FAILED, NOT_A_REPOSITORY.
 */
export async function usualLevelDb(context: Pick<Context, 'cwd' | 'environment'>): Promise<string | null> {
  const place = await findCheckout(context.cwd, context.environment);
  const note = await migrationNotes(place).read();
  const inUse = note?.scripts === 'leveldb' || note?.scripts === 'dual-write' ? note.sources.leveldb : null;
  return storeAt(inUse ?? join(place.top, place.root, 'leveldb'));
}

/** The folder, where it is a LevelDB; else null. */
export async function storeAt(folder: string): Promise<string | null> {
  return (await lstat(join(folder, 'CURRENT')).catch(() => null)) === null ? null : folder;
}
