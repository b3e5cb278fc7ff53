import { StateManagerError } from '../../errors.js';
import { listFolder } from '../../leveldb/folder-listing.js';
import { lockHolder } from '../../leveldb/lock-holder.js';

/** Why LevelDB did not open, as a refusal; one is passed on as it is. LEVELDB-001 is corruption, LEVELDB-002 the lock. */
export async function openFailure(path: string, cause: unknown): Promise<StateManagerError> {
  if (cause instanceof StateManagerError) return cause;
  const { code, reason } = causeOf(cause);
  if (code === 'LEVEL_LOCKED' || /\/LOCK: Resource temporarily unavailable/.test(reason)) return locked(path, cause);
  if (/Permission denied|Read-only file system|EACCES|EROFS|EPERM/.test(reason)) {
    return unavailable(path, `it cannot be opened, which LevelDB does by writing: ${reason}`, cause);
  }
  return readFailure(path, cause);
}

/** LEVELDB_READ_ERROR, which is never "not there". */
export function readFailure(path: string, cause: unknown): StateManagerError {
  const { code, reason } = causeOf(cause);
  if (code === 'LEVEL_CORRUPTION' || reason.startsWith('Corruption:')) return damaged(path, reason, { cause });
  return new StateManagerError('LEVELDB_READ_ERROR', `${path} could not be read: ${reason}`, {
    hint: `check that ${path} and every file in it can be read`,
    cause,
    details: { path },
  });
}

/** LEVELDB_READ_ERROR for what no LevelDB or script writes; `key` where it is about one value. */
export function damaged(
  path: string,
  what: string,
  { cause, key }: { readonly cause?: unknown; readonly key?: string } = {},
): StateManagerError {
  return new StateManagerError('LEVELDB_READ_ERROR', `${path} is damaged: ${what}`, {
    hint: key === undefined ? 'take its files from a backup or from git history' : 'put the contract again, as it is',
    cause,
    details: { path, ...(key === undefined ? {} : { key }), reference: 'LEVELDB-001' },
  });
}

export function writeFailure(path: string, cause: unknown): StateManagerError {
  if (cause instanceof StateManagerError) return cause;
  return new StateManagerError('LEVELDB_WRITE_ERROR', `${path} could not be written: ${causeOf(cause).reason}`, {
    hint: 'check that it can be written and has room, then read back what is there before you write again',
    cause,
    details: { path },
  });
}

export function unavailable(path: string, what: string, cause?: unknown): StateManagerError {
  return new StateManagerError('BACKEND_UNAVAILABLE', `The LevelDB at ${path} is not available: ${what}`, {
    hint: 'name a folder that can be read and written, as cwd or path of the manager',
    cause,
    details: { path, backend: 'leveldb' },
  });
}

/** LEVELDB_LOCKED. Who holds it is known on Linux; the lock goes with its process, so LOCK is never to be deleted. */
export async function locked(path: string, cause?: unknown): Promise<StateManagerError> {
  const listing = await listFolder(path).catch(() => null);
  const lock = listing?.own.find(({ name }) => name === 'LOCK');
  const holder = lock === undefined ? null : await lockHolder(lock);
  const who = holder === null || holder.pid <= 0 ? 'another program' : `process ${holder.pid}`;
  return new StateManagerError('LEVELDB_LOCKED', `${path} is held open by ${who}`, {
    hint: 'let it finish or stop it, then run the same command again; do not delete LOCK',
    cause,
    details: { path, pid: holder?.pid ?? null, reference: 'LEVELDB-002' },
  });
}

/** `level` says only that opening failed; why it failed is in the cause. */
function causeOf(error: unknown): { readonly code: string; readonly reason: string } {
  if (!(error instanceof Error)) return { code: '', reason: String(error) };
  const inner = error.cause instanceof Error ? error.cause : error;
  return { code: 'code' in inner && typeof inner.code === 'string' ? inner.code : '', reason: inner.message };
}
