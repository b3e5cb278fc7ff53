import { revertChange } from '../core/diff/invert.js';
import type { Conflict } from '../core/merge/conflict.js';
import { networkOfPath, stateFolders } from '../core/layout.js';
import { networkFileText } from '../core/model/network-file.js';
import { shown } from '../core/shown.js';
import { readSnapshot, type Snapshot } from '../core/snapshot.js';
import { StateManagerError } from '../errors.js';
import type { FileChange, HistoryEntry, StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import type { WriteOptions } from './put.js';
import { type Edits, type RecordResult, record } from './record.js';

/**
 * Undoes commits (newest first, also of a range `a..b`) as one new commit: record by record, so that what came later and does
 * not build on them survives. A merge is undone against its first parent. Throws UNKNOWN_REVISION, BAD_INPUT for a commit
 * that changes no state, CONFLICT with `details.conflicts` by field.
 */
export async function rollback(
  repository: StateRepository,
  revisions: readonly string[],
  options: WriteOptions,
): Promise<RecordResult> {
  const oids = (await Promise.all(revisions.map((revision) => commitsOf(repository, revision)))).flat();
  const entries = await Promise.all(oids.map((oid) => repository.commit(oid)));
  for (const entry of entries) refuseStateless(entry);
  return record(repository, {
    ...options,
    operation: 'rollback',
    label: `rollback ${oids.map((oid) => oid.slice(0, 7)).join(' ')}`,
    reverts: oids,
    edit: (base) => undoAll(repository, base, entries),
  });
}

/** The commits a revision or a range means, newest first. */
async function commitsOf(repository: StateRepository, revision: string): Promise<string[]> {
  const [, from, to] = /^(.+)\.\.([^.].*)$/s.exec(revision) ?? [];
  if (from === undefined || to === undefined) return [await repository.resolve(revision)];
  const [excluded, included] = await Promise.all([from, to].map((end) => stateHistory(repository, end)));
  const known = new Set(excluded);
  const oids = (included ?? []).filter((oid) => !known.has(oid));
  if (oids.length > 0) return oids;
  throw new StateManagerError('BAD_INPUT', `${shown(revision)} holds no commit that changes state.`, {
    hint: 'stateroot log',
  });
}

async function stateHistory(repository: StateRepository, revision: string): Promise<string[]> {
  const from = await repository.resolve(revision);
  return (await repository.history({ from, paths: stateFolders(repository.root) })).map((entry) => entry.oid);
}

function refuseStateless(entry: HistoryEntry): void {
  if ((entry.changes[0] ?? []).length > 0) return;
  throw new StateManagerError(
    'BAD_INPUT',
    `The commit ${entry.oid.slice(0, 7)} changes no state here, so there is nothing to undo.`,
    {
      hint: 'stateroot log shows the commits that do; git revert undoes any other',
    },
  );
}

async function undoAll(repository: StateRepository, base: BaseState, entries: readonly HistoryEntry[]): Promise<Edits> {
  const edits = new Map<string, string | null>();
  const conflicts: Conflict[] = [];
  for (const entry of entries) {
    for (const change of entry.changes[0] ?? []) {
      const sides = await readSides(repository, base, change, edits);
      const undone = undoFile(base.root, change.path, sides);
      if ('conflicts' in undone) conflicts.push(...undone.conflicts);
      else edits.set(change.path, undone.text);
    }
  }
  if (conflicts.length > 0) throw conflict(entries, conflicts);
  return edits;
}

/** `base` is what the commit left, `theirs` what its parent had, `ours` what stands now. */
type Sides = { readonly base: string | null; readonly ours: string | null; readonly theirs: string | null };

async function readSides(
  repository: StateRepository,
  base: BaseState,
  change: FileChange,
  edits: Edits,
): Promise<Sides> {
  const oids = [change.after, change.before].filter((oid) => oid !== null);
  const [blobs, [current]] = await Promise.all([repository.blobs(oids), base.tree.read([change.path])]);
  const textOf = (oid: string | null) => (oid === null ? null : decode(blobs.get(oid)));
  const edited = edits.get(change.path);
  const ours = edited === undefined ? (current === undefined ? null : decode(current.bytes)) : edited;
  return { base: textOf(change.after), ours, theirs: textOf(change.before) };
}

function undoFile(
  root: string,
  path: string,
  sides: Sides,
): { text: string | null } | { conflicts: readonly Conflict[] } {
  // As git revert does: a file the commit left untouched since becomes exactly its parent's.
  if (sides.ours === sides.base) return { text: sides.theirs };
  if (sides.ours === sides.theirs) return { text: sides.ours };
  const network = networkOfPath(path)?.network ?? path;
  const snapshots = {
    base: snapshot(root, path, sides.base),
    head: snapshot(root, path, sides.ours),
    target: snapshot(root, path, sides.theirs),
  };
  const unreadable = Object.values(snapshots).some((side) => side.refused.length > 0);
  if (networkOfPath(path) === null || unreadable) {
    return {
      conflicts: [{ network, contract: null, path: '', base: sides.base, ours: sides.ours, theirs: sides.theirs }],
    };
  }
  const reverted = revertChange(snapshots);
  if (reverted.conflicts.length > 0) return { conflicts: reverted.conflicts };
  const file = reverted.files.get(network);
  if (file === undefined) return { text: sides.ours };
  return { text: file === null ? null : networkFileText(file) };
}

function snapshot(root: string, path: string, text: string | null): Snapshot {
  return readSnapshot(text === null ? [] : [{ path, bytes: Buffer.from(text) }], root);
}

function decode(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

function conflict(entries: readonly HistoryEntry[], conflicts: readonly Conflict[]): StateManagerError {
  const names = entries.map((entry) => entry.oid.slice(0, 7)).join(', ');
  const places = [
    ...new Set(conflicts.map((one) => (one.contract === null ? one.network : `${one.network} / ${one.contract}`))),
  ];
  const first = conflicts[0];
  const to = entries.length === 1 ? `${names}^` : '<commit>';
  const contract = first?.contract == null ? '' : ` --contract ${first.contract}`;
  return new StateManagerError('CONFLICT', `Cannot undo ${names}: later commits build on it in ${places.join(', ')}.`, {
    hint: `undo those first (stateroot log), or go back to one point: stateroot rollback --network ${first?.network ?? ''}${contract} --to ${to}`,
    details: { conflicts },
  });
}
