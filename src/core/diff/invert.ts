import { compareText, equalJson } from '../equal.js';
import type { Conflict } from '../merge/conflict.js';
import { type MergedNetwork, mergeNetwork, type ThreeFiles } from '../merge/merge-network.js';
import { type NetworkFile, recordNamed, recordsOf, withoutRecord, withRecord } from '../model/network-file.js';
import { remainderOf } from '../model/remainder.js';
import type { Snapshot } from '../snapshot.js';

export type Reverted = {
  /** What the networks that change become; null removes the file. On conflict ours stays where the conflict is. */
  readonly files: ReadonlyMap<string, NetworkFile | null>;
  /** Networks whose file is as the commit left it: the undo is the target's file, and its text can be used as it is. */
  readonly restored: ReadonlySet<string>;
  /** Later changes that the undo would take back too, by network, contract and path; `theirs` is what it would set. */
  readonly conflicts: readonly Conflict[];
};

/**
 * Takes back what the commit `base` changed since its parent `target`, on top of `head`: three-way by record and field
 * class, sections by member (FORMAT §4). What came later and does not build on it survives.
 */
export function revertChange({
  base,
  target,
  head,
  only,
}: {
  readonly base: Snapshot;
  readonly target: Snapshot;
  readonly head: Snapshot;
  /** The one record to undo, by its name. */
  readonly only?: string | undefined;
}): Reverted {
  const files = new Map<string, NetworkFile | null>();
  const restored = new Set<string>();
  const conflicts: Conflict[] = [];
  const networks = [...new Set([...base.networks.keys(), ...target.networks.keys()])].sort(compareText);
  for (const network of networks) {
    const [then, parent] = [base.networks.get(network), target.networks.get(network)];
    const theirs = only === undefined ? parent : withOnly(only, then, parent);
    const sides = { base: then, ours: head.networks.get(network), theirs };
    if (sameFile(sides.base, sides.theirs) || sameFile(sides.ours, sides.theirs)) continue;
    if (sameFile(sides.base, sides.ours)) {
      restored.add(network);
      files.set(network, sides.theirs ?? null);
      continue;
    }
    const merged = revertFile(network, sides);
    conflicts.push(...merged.conflicts);
    if (!sameFile(merged.file ?? undefined, sides.ours)) files.set(network, merged.file);
  }
  return { files, restored, conflicts };
}

/** A file that the commit brought stays when later records stand in it, without those of the commit. */
function revertFile(network: string, sides: ThreeFiles): MergedNetwork {
  const { base, ours, theirs } = sides;
  if (base === undefined || ours === undefined || theirs !== undefined) return mergeNetwork(network, sides);
  const emptied = recordsOf(base).reduce((file, { name }) => withoutRecord(file, name), base);
  const merged = mergeNetwork(network, { base, ours, theirs: emptied });
  const nothing = merged.file === null || (recordsOf(merged.file).length === 0 && sameRemainder(merged.file, base));
  return nothing ? { ...merged, file: null } : merged;
}

function sameFile(a: NetworkFile | undefined, b: NetworkFile | undefined): boolean {
  return equalJson(a?.root, b?.root);
}

function sameRemainder(a: NetworkFile, b: NetworkFile): boolean {
  return equalJson(remainderOf(a), remainderOf(b));
}

/** The parent's file as if the commit had changed this one record only. */
function withOnly(
  name: string,
  base: NetworkFile | undefined,
  target: NetworkFile | undefined,
): NetworkFile | undefined {
  const start = base ?? target;
  if (start === undefined) return undefined;
  const then = target === undefined ? null : recordNamed(target, name);
  const others = recordsOf(start).filter((record) => record.name !== name);
  if (then === null) return target === undefined && others.length === 0 ? undefined : withoutRecord(start, name);
  const file = base === undefined ? others.reduce((rest, other) => withoutRecord(rest, other.name), start) : start;
  return withRecord(file, then);
}
