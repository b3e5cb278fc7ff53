import { compareText, equalJson } from '../equal.js';
import { type NetworkFile, recordsOf, withoutRecord, withRecord } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { remainderOf, withRemainder } from '../model/remainder.js';
import { segments } from '../text/pointer.js';
import { type Conflict, type ValueConflict, valueConflict } from './conflict.js';
import { mergeMembers } from './merge-members.js';
import { mergeRecord } from './merge-record.js';
import { mergeSectionChecksums } from './merge-section-checksums.js';

/** One network of three sides; undefined where it has no file. */
export type ThreeFiles = {
  readonly base: NetworkFile | undefined;
  readonly ours: NetworkFile | undefined;
  readonly theirs: NetworkFile | undefined;
};

export type MergedNetwork = {
  /** Null: there is no file. On conflict ours stays where the conflict is. */
  readonly file: NetworkFile | null;
  /** By contract and path, those of sections last. */
  readonly conflicts: readonly Conflict[];
};

/**
 * Two versions of a network brought together: records by name and field class (FORMAT §4), all else by member. A side
 * that did not move gives way whole. Records that both sides leave alone stay as they are, checksum and all.
 */
export function mergeNetwork(network: string, sides: ThreeFiles): MergedNetwork {
  const { base, ours, theirs } = sides;
  if (sameFile(base, theirs) || sameFile(ours, theirs)) return { file: ours ?? null, conflicts: [] };
  if (sameFile(base, ours)) return { file: theirs ?? null, conflicts: [] };
  if (ours === undefined || theirs === undefined) {
    return { file: ours ?? null, conflicts: [goneConflict(network, sides)] };
  }
  const records = mergeRecords(sides);
  const file = [...records.changed].reduce(
    (rest, [name, record]) => (record === undefined ? withoutRecord(rest, name) : withRecord(rest, record)),
    ours,
  );
  const sections = mergeMembers(base === undefined ? {} : remainderOf(base), remainderOf(ours), remainderOf(theirs));
  const open = new Set(sections.conflicts.flatMap(({ path }) => segments(path).slice(0, 1)));
  const sealed = mergeSectionChecksums(withRemainder(file, sections.value), { base, ours, theirs }, open);
  const places = [...sections.conflicts.filter(({ path }) => !sealed.settled.has(path)), ...sealed.conflicts];
  return {
    file: sealed.file,
    conflicts: [
      ...records.conflicts.map((conflict) => ({ network, ...conflict })),
      ...places
        .sort((a, b) => compareText(a.path, b.path))
        .map((conflict) => ({ network, contract: null, ...conflict })),
    ],
  };
}

/** Every record of the three, and those that are not as in ours. */
function mergeRecords(sides: ThreeFiles): {
  changed: Map<string, StateRecord | undefined>;
  conflicts: (ValueConflict & { contract: string })[];
} {
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map(
    (file) => new Map((file === undefined ? [] : recordsOf(file)).map((record) => [record.name, record])),
  );
  const names = [base, ours, theirs].flatMap((records) => [...(records?.keys() ?? [])]);
  const changed = new Map<string, StateRecord | undefined>();
  const conflicts: (ValueConflict & { contract: string })[] = [];
  for (const name of [...new Set(names)].sort(compareText)) {
    const mine = ours?.get(name);
    const merged = mergeRecord({ base: base?.get(name), ours: mine, theirs: theirs?.get(name) });
    if (merged.record !== mine) changed.set(name, merged.record);
    const found = merged.conflicts.map((conflict) => ({ contract: name, ...conflict }));
    conflicts.push(...found.sort((a, b) => compareText(a.path, b.path)));
  }
  return { changed, conflicts };
}

/** One side removed the file that the other changed: that is one decision, about all of it. */
function goneConflict(network: string, { base, ours, theirs }: ThreeFiles): Conflict {
  return { network, contract: null, ...valueConflict('', base?.root, ours?.root, theirs?.root) };
}

function sameFile(a: NetworkFile | undefined, b: NetworkFile | undefined): boolean {
  return equalJson(a?.root, b?.root);
}
