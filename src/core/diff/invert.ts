import { compareText, equalJson } from '../equal.js';
import { type NetworkFile, recordsOf, withoutRecord, withRecord } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { remainderOf, withRemainder } from '../model/remainder.js';
import type { Snapshot } from '../snapshot.js';
import { isSectionChecksum, renewSectionChecksums } from './renew-section-checksums.js';
import { mergeMembers, type ValueConflict, valueConflict } from './three-way.js';
import { mergeRecord } from './three-way-record.js';

/** A later change that the undo would take back too. `contract` is null for a place in a section. */
export type RevertConflict = ValueConflict & { readonly network: string; readonly contract: string | null };

export type Reverted = {
  /** What the networks that change become; null removes the file. On conflict ours stays where the conflict is. */
  readonly files: ReadonlyMap<string, NetworkFile | null>;
  /** Networks whose file is as the commit left it: the undo is the target's file, and its text can be used as it is. */
  readonly restored: ReadonlySet<string>;
  /** By network, contract and path; sections after contracts. `theirs` is what the undo would set. */
  readonly conflicts: readonly RevertConflict[];
};

/**
 * Takes back what the commit `base` changed since its parent `target`, on top of `head`: three-way by record and field
 * class, sections by member (FORMAT §4). What came later and does not build on it survives.
 */
export function revertChange({ base, target, head }: { base: Snapshot; target: Snapshot; head: Snapshot }): Reverted {
  const files = new Map<string, NetworkFile | null>();
  const restored = new Set<string>();
  const conflicts: RevertConflict[] = [];
  const networks = [...new Set([...base.networks.keys(), ...target.networks.keys()])].sort(compareText);
  for (const network of networks) {
    const sides = {
      base: base.networks.get(network),
      ours: head.networks.get(network),
      theirs: target.networks.get(network),
    };
    if (sameFile(sides.base, sides.theirs) || sameFile(sides.ours, sides.theirs)) continue;
    if (sameFile(sides.base, sides.ours)) {
      restored.add(network);
      files.set(network, sides.theirs ?? null);
      continue;
    }
    const merged = revertFile(network, sides);
    conflicts.push(...merged.conflicts);
    if (merged.file !== undefined && !sameFile(merged.file ?? undefined, sides.ours)) files.set(network, merged.file);
  }
  return { files, restored, conflicts };
}

type Sides = Readonly<Record<'base' | 'ours' | 'theirs', NetworkFile | undefined>>;

/** At least two of the three differ from each other. `file` is undefined when there is nothing to build on. */
function revertFile(
  network: string,
  sides: Sides,
): { file: NetworkFile | null | undefined; conflicts: RevertConflict[] } {
  const records = revertRecords(network, sides);
  if (sides.ours === undefined) return { file: undefined, conflicts: goneConflicts(network, sides, records.conflicts) };
  const file = [...records.changed].reduce(
    (rest, [name, record]) => (record === undefined ? withoutRecord(rest, name) : withRecord(rest, record)),
    sides.ours,
  );
  if (sides.theirs === undefined) {
    const isEmpty = recordsOf(file).length === 0 && sides.base !== undefined && sameRemainder(file, sides.base);
    return { file: isEmpty ? null : file, conflicts: records.conflicts };
  }
  const sections = mergeMembers(
    sides.base === undefined ? {} : remainderOf(sides.base),
    remainderOf(sides.ours),
    remainderOf(sides.theirs),
  );
  const found = sections.conflicts.filter(({ path }) => !isSectionChecksum(path));
  const merged = renewSectionChecksums(withRemainder(file, sections.value), [sides.ours, sides.theirs]);
  return {
    file: merged,
    conflicts: [...records.conflicts, ...found.map((conflict) => ({ network, contract: null, ...conflict }))],
  };
}

function revertRecords(
  network: string,
  { base, ours, theirs }: Sides,
): { changed: Map<string, StateRecord | undefined>; conflicts: RevertConflict[] } {
  const byName = [base, ours, theirs].map((file) => new Map(recordsIn(file).map((record) => [record.name, record])));
  const names = [...new Set([...recordsIn(base), ...recordsIn(theirs)].map((record) => record.name))].sort(compareText);
  const changed = new Map<string, StateRecord | undefined>();
  const conflicts: RevertConflict[] = [];
  for (const name of names) {
    const [inBase, inOurs, inTheirs] = byName.map((records) => records.get(name));
    const merged = mergeRecord({ base: inBase, ours: inOurs, theirs: inTheirs });
    if (merged.record !== inOurs) changed.set(name, merged.record);
    conflicts.push(
      ...merged.conflicts
        .map((conflict) => ({ network, contract: name, ...conflict }))
        .sort((a, b) => compareText(a.path, b.path)),
    );
  }
  return { changed, conflicts };
}

/** The whole file went after the commit: whatever the undo would set has nowhere to go. */
function goneConflicts(network: string, { base, theirs }: Sides, records: readonly RevertConflict[]): RevertConflict[] {
  if (records.length > 0) return [...records];
  const conflict = valueConflict('', base?.root, undefined, theirs?.root);
  return [{ network, contract: null, ...conflict }];
}

function recordsIn(file: NetworkFile | undefined): StateRecord[] {
  return file === undefined ? [] : recordsOf(file);
}

function sameFile(a: NetworkFile | undefined, b: NetworkFile | undefined): boolean {
  return equalJson(a?.root, b?.root);
}

function sameRemainder(a: NetworkFile, b: NetworkFile): boolean {
  return equalJson(remainderOf(a), remainderOf(b));
}
