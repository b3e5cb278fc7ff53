import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { sectionChecksum } from '../model/checksum.js';
import type { NetworkFile } from '../model/network-file.js';
import { sectionChecksums } from '../model/section-checksums.js';
import { pointer, segments } from '../text/pointer.js';
import { type ValueConflict, valueConflict } from './conflict.js';

type Files = {
  readonly base: NetworkFile | undefined;
  readonly ours: NetworkFile;
  readonly theirs: NetworkFile;
};

type MergedChecksums = {
  readonly file: NetworkFile;
  /** Pointers of the checksums that follow from their section: a difference about one of them is none. */
  readonly settled: ReadonlySet<string>;
  readonly conflicts: readonly ValueConflict[];
};

/** The section whose checksum stands at this pointer; null for any other place. */
export function sectionOfChecksum(path: string): string | null {
  const [verification, dataIntegrity, checksums, key, ...more] = segments(path);
  const isChecksum = verification === 'verification' && dataIntegrity === 'dataIntegrity' && checksums === 'checksums';
  return isChecksum && more.length === 0 && key !== undefined ? key : null;
}

/**
 * The full section checksums of a merged file. They are derived (FORMAT §7): a section that is one side's has that side's
 * checksum, wrong or not, so that nothing is made to hold by merging; one that is neither side's gets its own, unless the
 * checksum of a side did not hold, which is a conflict. A section in which something is `open` is nobody's yet, whichever
 * side the rest of it equals. A checksum that one side took out stays out only where the other
 * left it alone.
 */
export function mergeSectionChecksums(
  merged: NetworkFile,
  sides: Files,
  open: ReadonlySet<string> = new Set(),
): MergedChecksums {
  const { base, ours, theirs } = sides;
  const settled = new Set<string>();
  const conflicts: ValueConflict[] = [];
  const values = new Map<string, Json>();
  for (const { key, path } of fullOnBoth(ours, theirs)) {
    const [before, mine, other] = [base, ours, theirs].map((file) =>
      file === undefined ? undefined : sealOf(file, key),
    );
    const isGone = mine === undefined ? equalJson(before, other) : other === undefined && equalJson(before, mine);
    const section = member(merged.root, key);
    if (isGone || section === undefined) continue;
    const own = open.has(key) ? [] : [ours, theirs].filter((file) => equalJson(member(file.root, key), section));
    const computed = computedFor(merged, key, section);
    const isLaundered = own.length === 0 && [ours, theirs].some((file) => isBroken(file, key));
    if (isLaundered) conflicts.push(valueConflict(path, before, mine, other));
    settled.add(path);
    values.set(key, isLaundered ? (mine ?? computed) : (sealAmong(own, key, computed) ?? computed));
  }
  return { file: values.size === 0 ? merged : withChecksums(merged, values), settled, conflicts };
}

/** The sections that have a full checksum on a side, and none of another form on the other. */
function fullOnBoth(ours: NetworkFile, theirs: NetworkFile): { key: string; path: string }[] {
  const [mine, other] = [ours, theirs].map(({ root }) => sectionChecksums(root));
  const full = [...(mine ?? []), ...(other ?? [])].filter(({ form, section }) => form === 'full' && section !== null);
  return [...new Set(full.map(({ key }) => key))].sort(compareText).flatMap((key) => {
    const isFull = [ours, theirs].every(
      (file) =>
        sealOf(file, key) === undefined ||
        sectionChecksums(file.root).some((checksum) => checksum.key === key && checksum.form === 'full'),
    );
    return isFull ? [{ key, path: pointer('verification', 'dataIntegrity', 'checksums', key) }] : [];
  });
}

/** Of two that differ, the one that holds; of two that do not, either, the same whoever merges. */
function sealAmong(files: readonly NetworkFile[], key: string, computed: string): Json | undefined {
  const kept = files.flatMap((file) => sealOf(file, key) ?? []);
  return kept.includes(computed) ? computed : kept.sort(compareValues)[0];
}

function isBroken(file: NetworkFile, key: string): boolean {
  const seal = sealOf(file, key);
  const section = member(file.root, key);
  return seal !== undefined && section !== undefined && seal !== computedFor(file, key, section);
}

function computedFor({ network, chainId }: NetworkFile, key: string, value: Json): string {
  return sectionChecksum({ network, chainId, section: key, value });
}

function withChecksums(file: NetworkFile, values: ReadonlyMap<string, Json>): NetworkFile {
  const verification = objectAt(file.root, 'verification');
  const dataIntegrity = objectAt(verification, 'dataIntegrity');
  const checksums = { ...objectAt(dataIntegrity, 'checksums'), ...Object.fromEntries(values) };
  return {
    ...file,
    root: { ...file.root, verification: { ...verification, dataIntegrity: { ...dataIntegrity, checksums } } },
  };
}

function sealOf({ root }: NetworkFile, key: string): Json | undefined {
  return member(objectAt(objectAt(objectAt(root, 'verification'), 'dataIntegrity'), 'checksums'), key);
}

function compareValues(a: Json, b: Json): number {
  return compareText(JSON.stringify(a), JSON.stringify(b));
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = member(object, key);
  return isObject(value) ? value : {};
}
