import { knownFields } from '../model/fields.js';
import { type NetworkFile, recordNamed } from '../model/network-file.js';
import type { Conflict } from './conflict.js';
import type { ThreeFiles } from './merge-network.js';
import { isWhole } from './merge-record.js';

/** On which sides the record of a conflict stands, and whether it is decided as one; only the three files know. */
export type Standing = {
  readonly base: boolean;
  readonly ours: boolean;
  readonly theirs: boolean;
  readonly whole: boolean;
};

/** The conflicts that one decision settles. */
export type ConflictGroup = {
  readonly network: string;
  readonly contract: string | null;
  /** `code` moves as one, `record` is taken whole, a `section` is a value outside of records, `invalid` has a reason. */
  readonly kind: 'code' | 'record' | 'field' | 'section' | 'file' | 'invalid';
  readonly conflicts: readonly Conflict[];
  readonly standing: Standing | undefined;
};

/**
 * Conflicts by what is decided together, in the order of the first of each. Without `standing` a record counts as decided
 * whole when its conflicts look like it: all absent on one side, addresses among them.
 */
export function conflictGroups(
  conflicts: readonly Conflict[],
  standing: (conflict: Conflict) => Standing | undefined = () => undefined,
): ConflictGroup[] {
  const groups = new Map<string, ConflictGroup & { conflicts: Conflict[] }>();
  for (const conflict of conflicts) {
    const { network, contract } = conflict;
    const stands = standing(conflict);
    const whole = stands?.whole ?? looksWhole(conflicts.filter((other) => isSameRecord(conflict, other)));
    const kind = kindOf(conflict, whole);
    const place = kind === 'field' || contract === null ? conflict.path : '';
    const key = JSON.stringify([network, contract, kind, place]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { network, contract, kind, conflicts: [conflict], standing: stands });
    else group.conflicts.push(conflict);
  }
  return [...groups.values()];
}

/** How the record of this name stands in three files. */
export function standingOf(files: ThreeFiles, name: string): Standing {
  const find = (file: NetworkFile | undefined) =>
    (file === undefined ? undefined : recordNamed(file, name)) ?? undefined;
  const records = { base: find(files.base), ours: find(files.ours), theirs: find(files.theirs) };
  return {
    base: records.base !== undefined,
    ours: records.ours !== undefined,
    theirs: records.theirs !== undefined,
    whole: isWhole(records),
  };
}

function isSameRecord(a: Conflict, b: Conflict): boolean {
  return a.network === b.network && a.contract === b.contract && b.reason === undefined;
}

function looksWhole(conflicts: readonly Conflict[]): boolean {
  const isGone = (side: 'base' | 'ours' | 'theirs') => conflicts.every((conflict) => conflict[side] === undefined);
  const hasAddress = conflicts.some(({ path }) => path === 'proxy' || path === 'implementation');
  return hasAddress && (['base', 'ours', 'theirs'] as const).some(isGone);
}

function kindOf({ contract, path, reason }: Conflict, whole: boolean): ConflictGroup['kind'] {
  if (reason !== undefined) return 'invalid';
  if (contract === null) return path === '' ? 'file' : 'section';
  if (whole) return 'record';
  const mergeClass = knownFields.get(path)?.mergeClass;
  return mergeClass === 'identity' || mergeClass === 'code' ? 'code' : 'field';
}
