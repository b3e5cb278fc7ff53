import type { LegacyEntry } from '../../core/legacy/entry.js';
import { compareStores, type StoreComparison } from '../../core/migration/compare-stores.js';
import type { MigrationNote } from '../../core/migration/note.js';
import { StateManagerError } from '../../errors.js';
import type { LegacyStore } from '../../ports/legacy-store.js';
import type { MigrationNotes } from '../../ports/migration-notes.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { exportLevelDb } from '../export-leveldb.js';
import { type Edits, type RecordResult, record } from '../record.js';
import { rollback } from '../rollback.js';
import { refuseTakenBack } from './refuse-taken-back.js';
import { markLater } from './settle-marks.js';

export type RollbackRequest = {
  /** A folder for the LevelDB that does not exist yet; absolute. */
  readonly out: string;
  /** Any revision; null takes the cutover that the clone remembers. */
  readonly cutover: string | null;
  /** Records changed since the cutover go back too. The LevelDB has them. */
  readonly discardLater: boolean;
  readonly dryRun: boolean;
};

export type RolledBack = {
  readonly cutover: string;
  /** The new LevelDB, with all that the state says now; null on a dry run, and when an earlier run made it. */
  readonly exported: { readonly records: number; readonly quarantined: number } | null;
  readonly leveldb: string;
  /** Against the LevelDB that was migrated; null where that is not there any more. */
  readonly comparison: StoreComparison | null;
  readonly reverted: RecordResult;
};

type Ports = {
  readonly repository: StateRepository;
  readonly store: Pick<LegacyStore, 'write' | 'examine'>;
  readonly notes: MigrationNotes;
};

/**
 * Back to the LevelDB after the cutover: a new one of all that is committed now, read back and compared, then the revert of the
 * merge as one commit, then deploy scripts of this clone use the new one. Repeated after a kill it goes on where it was.
 * Throws NOT_FOUND, OUTPUT_EXISTS, CONFLICT for records changed since and for a cutover that was taken back already, MIGRATION_FAILED
 * when the new LevelDB does not read back.
 */
export async function rollbackMigration(ports: Ports, request: RollbackRequest): Promise<RolledBack> {
  const { repository, notes } = ports;
  const note = await notes.read();
  const cutover = await repository.resolve(request.cutover ?? cutoverOf(note));
  await refuseNoMerge(repository, cutover);
  // An earlier run that died after this wrote down where its LevelDB is; the state may be reverted already.
  const earlier = note?.scripts === 'leveldb' ? note.sources.leveldb : null;
  if (note !== null && earlier !== null) {
    if (!request.dryRun) await markLater(repository, migrationOf(note, cutover), cutover);
    const reverted = await revert(repository, cutover, request);
    if (!request.dryRun) await notes.write({ ...note, outcome: 'rolled-back' });
    return { cutover, exported: null, leveldb: earlier, comparison: null, reverted };
  }
  const { commit } = await repository.head();
  const at = commit ?? cutover;
  await refuseTakenBack(repository, cutover, at);
  // What would conflict is said before anything is written.
  const planned = await revert(repository, cutover, { ...request, dryRun: true });
  if (request.dryRun) return { cutover, exported: null, leveldb: request.out, comparison: null, reverted: planned };
  const exported = await exportLevelDb(repository, ports.store, { out: request.out, at, withQuarantine: true });
  const comparison = await compareWithOld(ports, request.out, exported.records + exported.quarantined, note);
  if (note !== null) {
    const sources = { ...note.sources, leveldb: request.out };
    await notes.write({ ...note, sources, scripts: 'leveldb' });
  }
  // Scripts that ask from now on use it. What one of them committed before that would be missing in it, and be deployed again.
  if ((await repository.head()).commit !== commit) {
    if (note !== null) await notes.write(note);
    throw movedOn(request.out);
  }
  await markLater(repository, migrationOf(note, cutover), cutover);
  const reverted = await revert(repository, cutover, request);
  const current = await notes.read();
  if (current !== null) await notes.write({ ...current, outcome: 'rolled-back' });
  const { records, quarantined } = exported;
  return { cutover, exported: { records, quarantined }, leveldb: request.out, comparison, reverted };
}

function migrationOf(note: MigrationNote | null, cutover: string): { readonly id: string; readonly base: string } {
  return { id: note?.id ?? cutover.slice(0, 12), base: cutover };
}

function movedOn(out: string): StateManagerError {
  return new StateManagerError(
    'RACED',
    `Something was committed while ${out} was written, which may lack it. Nothing was reverted.`,
    {
      hint: `let the deploy scripts finish, remove ${out}, and run the command again`,
      details: { path: out },
    },
  );
}

function cutoverOf(note: MigrationNote | null): string {
  if (note?.merge !== undefined) return note.merge;
  const isBefore = note !== null && (note.outcome === 'running' || note.outcome === 'stopped');
  throw new StateManagerError(
    'NOT_FOUND',
    'No cutover of a migration is known here, so there is nothing to go back from',
    {
      hint: isBefore
        ? 'the LevelDB is still in use; stateroot migrate abort ends the migration'
        : 'name the merge of the migration: stateroot migrate rollback --merge <commit>; git log --merges finds it',
    },
  );
}

async function refuseNoMerge(repository: StateRepository, cutover: string): Promise<void> {
  const { parents } = await repository.commit(cutover);
  if (parents.length === 2) return;
  throw new StateManagerError(
    'BAD_INPUT',
    `${cutover.slice(0, 7)} is no merge, and the cutover of a migration is one`,
    {
      hint: 'git log --merges finds it; any other commit: stateroot rollback <commit>',
      details: { commit: cutover },
    },
  );
}

async function revert(
  repository: StateRepository,
  cutover: string,
  { discardLater, dryRun }: Pick<RollbackRequest, 'discardLater' | 'dryRun'>,
): Promise<RecordResult> {
  const options = { target: { kind: 'head', allowDetached: false }, dryRun } as const;
  if (!discardLater) {
    try {
      return await rollback(repository, [cutover], options);
    } catch (error) {
      throw error instanceof StateManagerError && error.code === 'CONFLICT' ? changedSince(error) : error;
    }
  }
  return record(repository, {
    ...options,
    operation: 'rollback',
    label: `rollback ${cutover.slice(0, 7)}`,
    reverts: [cutover],
    edit: () => filesBefore(repository, cutover),
  });
}

/** Every state file that the merge changed, as it was before. */
async function filesBefore(repository: StateRepository, cutover: string): Promise<Edits> {
  const { parents, changes } = await repository.commit(cutover);
  const paths = (changes[0] ?? []).map(({ path }) => path);
  const files = await (await repository.at({ commit: parents[0] ?? '' })).read(paths);
  const texts = new Map(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')]));
  return new Map(paths.map((path) => [path, texts.get(path) ?? null]));
}

function changedSince(cause: StateManagerError): StateManagerError {
  return new StateManagerError('CONFLICT', `Records were changed after the cutover. ${cause.message}`, {
    hint: 'stateroot migrate rollback --discard-later takes them back too; the LevelDB it writes has their newest values',
    cause,
    details: cause.details,
  });
}

async function compareWithOld(
  { store }: Ports,
  out: string,
  expected: number,
  note: MigrationNote | null,
): Promise<StoreComparison | null> {
  const { entries } = await store.examine(out);
  if (entries.length !== expected) {
    throw new StateManagerError('MIGRATION_FAILED', `${out} reads back with ${entries.length} of ${expected} entries`, {
      hint: 'nothing was reverted; check the disk, remove the folder, and run the command again',
      details: { path: out, expected, found: entries.length, reference: 'MIGRATION-003' },
    });
  }
  const old = note?.sources.leveldb ?? null;
  const before = old === null ? null : await entriesOf(store, old);
  return before === null ? null : compareStores(before, entries);
}

async function entriesOf(store: Ports['store'], folder: string): Promise<readonly LegacyEntry[] | null> {
  try {
    return (await store.examine(folder)).entries;
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'LEVELDB_NOT_FOUND') return null;
    throw error;
  }
}
