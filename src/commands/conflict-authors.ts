import { equalJson } from '../core/equal.js';
import type { Json } from '../core/json.js';
import { networkFilePath } from '../core/layout.js';
import type { Conflict } from '../core/merge/conflict.js';
import { valueAt } from '../core/text/value-at.js';
import { networkNameProblem } from '../core/model/names.js';
import { type NetworkFile, recordNamed } from '../core/model/network-file.js';
import { remainderOf } from '../core/model/remainder.js';
import type { HistoryEntry, StateRepository } from '../ports/state-repository.js';
import { networkHistory, type VersionChange } from './network-history.js';

/** The commit of one side that last changed what is in conflict. */
export type ConflictAuthor = {
  readonly commit: string;
  readonly author: string;
  /** Author time, ms since 1970. */
  readonly time: number;
};

/** Who changed what is in conflict; null where no commit of that side did. */
export type ConflictAuthors = { readonly ours: ConflictAuthor | null; readonly theirs: ConflictAuthor | null };

/** The authors by conflict, the very objects that were asked about. */
export type AuthorsByConflict = ReadonlyMap<Conflict, ConflictAuthors>;

/**
 * For each conflict the last commit of each side, since the two parted, that changed its record; for a section that
 * changed that value, for a file that is no network file that changed the file. A side whose commit is unknown has no author.
 */
export async function conflictAuthors(
  repository: StateRepository,
  conflicts: readonly Conflict[],
  sides: { readonly ours: string | null; readonly theirs: string | null },
): Promise<AuthorsByConflict> {
  const { ours, theirs } = sides;
  const base = ours === null || theirs === null ? null : await repository.mergeBase(ours, theirs);
  const authorsOf = async (side: string | null): Promise<ReadonlyMap<Conflict, ConflictAuthor>> =>
    side === null ? new Map<Conflict, ConflictAuthor>() : sideAuthors(repository, conflicts, side, base);
  const [mine, other] = [await authorsOf(ours), await authorsOf(theirs)];
  return new Map(
    conflicts.map((conflict) => [conflict, { ours: mine.get(conflict) ?? null, theirs: other.get(conflict) ?? null }]),
  );
}

async function sideAuthors(
  repository: StateRepository,
  conflicts: readonly Conflict[],
  from: string,
  base: string | null,
): Promise<Map<Conflict, ConflictAuthor>> {
  const found = new Map<Conflict, ConflictAuthor>();
  const byPath = new Map<string, Conflict[]>();
  for (const conflict of conflicts) {
    const path = pathOf(repository.root, conflict);
    byPath.set(path, [...(byPath.get(path) ?? []), conflict]);
  }
  for (const [path, open] of byPath) {
    for (const [conflict, entry] of await lastChanges(repository, path, open, from)) {
      // Older than the point where the sides parted: this side left it alone.
      if (base !== null && (await repository.mergeBase(base, entry.oid)) === entry.oid) continue;
      found.set(conflict, { commit: entry.oid, author: entry.author, time: entry.time });
    }
  }
  return found;
}

async function lastChanges(
  repository: StateRepository,
  path: string,
  conflicts: readonly Conflict[],
  from: string,
): Promise<Map<Conflict, HistoryEntry>> {
  const found = new Map<Conflict, HistoryEntry>();
  const isFile = conflicts.every(({ network }) => network === path);
  if (isFile) {
    const [entry] = await repository.history({ from, paths: [path], limit: 1 });
    return new Map(entry === undefined ? [] : conflicts.map((conflict) => [conflict, entry]));
  }
  for await (const { entry, versions } of networkHistory(repository, { from, paths: [path] })) {
    for (const conflict of conflicts) {
      if (!found.has(conflict) && versions.some((version) => changes(version, conflict))) found.set(conflict, entry);
    }
    if (found.size === conflicts.length) break;
  }
  return found;
}

function changes({ befores, after }: VersionChange, conflict: Conflict): boolean {
  return befores.every((before) => !equalJson(subject(before, conflict), subject(after, conflict)));
}

function subject(file: NetworkFile | null, { contract, path }: Conflict): Json | undefined {
  if (file === null) return undefined;
  if (contract === null) return path === '' ? file.root : valueAt(remainderOf(file), path);
  const record = recordNamed(file, contract);
  return record === null ? undefined : { category: record.category, fields: record.fields };
}

function pathOf(root: string, { network }: Conflict): string {
  return networkNameProblem(network) === null ? networkFilePath(root, network) : network;
}
