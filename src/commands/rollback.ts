import { revertChange } from '../core/diff/invert.js';
import type { Conflict } from '../core/merge/conflict.js';
import { equalJson } from '../core/equal.js';
import { networkFilePath, networkOfPath, stateFolders } from '../core/layout.js';
import { findRecord } from '../core/model/lookup.js';
import { networkFileText, parseNetworkFile, recordNamed } from '../core/model/network-file.js';
import { shown } from '../core/shown.js';
import { readSnapshot, type Snapshot } from '../core/snapshot.js';
import { StateManagerError } from '../errors.js';
import type { FileChange, HistoryEntry, StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { resolveSpelling } from './open-network.js';
import type { WriteOptions } from './put.js';
import { type Edits, type RecordResult, record } from './record.js';

export type RollbackOptions = WriteOptions & {
  /** Undo only what the commits did to this network, or to one record of it. */
  readonly only?: { readonly network: string; readonly contract?: string | undefined } | undefined;
};

/**
 * Undoes commits (newest first, also of a range `a..b`) as one new commit: record by record, so that what came later and does
 * not build on them survives. A merge is undone against its first parent. Throws UNKNOWN_REVISION, BAD_INPUT for a commit
 * that changes no state, CONFLICT with `details.conflicts` by field.
 */
export async function rollback(
  repository: StateRepository,
  revisions: readonly string[],
  options: RollbackOptions,
): Promise<RecordResult> {
  const oids = (await Promise.all(revisions.map((revision) => commitsOf(repository, revision)))).flat();
  const entries = await Promise.all(oids.map((oid) => repository.commit(oid)));
  for (const entry of entries) refuseStateless(entry);
  return record(repository, {
    ...options,
    operation: 'rollback',
    label: `rollback ${oids.map((oid) => oid.slice(0, 7)).join(' ')}`,
    reverts: oids,
    edit: async (base) => undoAll(repository, base, entries, await scopeOf(base, options.only)),
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

type Scope = { readonly path: string; readonly network: string; readonly contract: string | undefined };

async function scopeOf(base: BaseState, only: RollbackOptions['only']): Promise<Scope | undefined> {
  if (only === undefined) return undefined;
  const { network } = await resolveSpelling(base, only.network);
  return { path: networkFilePath(base.root, network), network, contract: only.contract };
}

async function undoAll(
  repository: StateRepository,
  base: BaseState,
  entries: readonly HistoryEntry[],
  scope: Scope | undefined,
): Promise<Edits> {
  const edits = new Map<string, string | null>();
  const conflicts: Conflict[] = [];
  let touched = 0;
  for (const entry of entries) {
    for (const change of entry.changes[0] ?? []) {
      if (scope !== undefined && change.path !== scope.path) continue;
      const sides = await readSides(repository, base, change, edits);
      const contract = scope?.contract === undefined ? undefined : recordIn(sides, scope.contract);
      if (contract === null) continue;
      touched += 1;
      const undone = undoFile({ root: base.root, path: change.path, contract }, sides);
      if ('conflicts' in undone) conflicts.push(...undone.conflicts);
      else edits.set(change.path, undone.text);
    }
  }
  if (conflicts.length > 0) throw conflict(entries, conflicts);
  if (touched === 0) throw untouched(entries, scope);
  return edits;
}

/** The record's own name where the commit changed it, null where it did not. */
function recordIn({ base, theirs }: Sides, name: string): string | null {
  const [then, before] = [base, theirs].map((text) => {
    const parsed = text === null ? null : parseNetworkFile(Buffer.from(text));
    return parsed?.ok === true ? parsed.file : null;
  });
  const found = [then, before].flatMap((file) => (file == null ? [] : (findRecord(file, name) ?? [])));
  const own = found[0]?.name;
  if (own === undefined) return null;
  const [now, once] = [then, before].map((file) => (file == null ? null : recordNamed(file, own)));
  return equalJson(now?.fields, once?.fields) && now?.category === once?.category ? null : own;
}

function untouched(entries: readonly HistoryEntry[], scope: Scope | undefined): StateManagerError {
  const names = entries.map((entry) => entry.oid.slice(0, 7)).join(', ');
  const place = scope?.contract === undefined ? (scope?.network ?? '') : `${scope.network} / ${shown(scope.contract)}`;
  return new StateManagerError('BAD_INPUT', `${names} changed nothing of ${place}, so there is nothing to undo.`, {
    hint: `stateroot log ${scope?.network ?? ''}`.trim(),
  });
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
  { root, path, contract }: { readonly root: string; readonly path: string; readonly contract: string | undefined },
  sides: Sides,
): { text: string | null } | { conflicts: readonly Conflict[] } {
  // As git revert does: a file the commit left untouched since becomes exactly its parent's.
  if (contract === undefined && sides.ours === sides.base) return { text: sides.theirs };
  if (sides.ours === sides.theirs) return { text: sides.ours };
  const network = networkOfPath(path)?.network ?? path;
  const snapshots = {
    only: contract,
    base: snapshot(root, path, sides.base),
    head: snapshot(root, path, sides.ours),
    target: snapshot(root, path, sides.theirs),
  };
  const unreadable = [snapshots.base, snapshots.head, snapshots.target].some((side) => side.refused.length > 0);
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
