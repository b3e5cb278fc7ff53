import { compareText } from '../equal.js';
import { type NetworkFile, recordNamed, withoutRecord, withRecord } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { remainderOf, withRemainder } from '../model/remainder.js';
import { pointer, segments } from '../text/pointer.js';
import type { Conflict } from './conflict.js';
import type { ThreeFiles } from './merge-network.js';
import { isWhole } from './merge-record.js';
import { sectionOfChecksum } from './merge-section-checksums.js';
import { namesAt, withPlacesOf } from './record-places.js';
import { replaced } from './replaced.js';
import { valueAt } from '../text/value-at.js';
import { unitsOf } from './units.js';

/**
 * A person's decision of one conflict: the unit that holds this place is taken from this side. The path `''` of a
 * contract is the whole record.
 */
export type Choice = Pick<Conflict, 'contract' | 'path' | 'reason'> & { readonly side: 'ours' | 'theirs' };

type Given = Readonly<Record<'base' | 'ours' | 'theirs', NetworkFile>>;

/**
 * The base that makes the merge come out as chosen: in the place in question it gets what the other side has, so that only
 * the chosen side has moved. So a decision is data like any other, and there is one merge, with decisions or without.
 */
export function settle(sides: ThreeFiles, choice: Choice): NetworkFile | undefined {
  const { base, ours, theirs } = sides;
  const other = choice.side === 'ours' ? theirs : ours;
  if (ours === undefined || theirs === undefined || (choice.contract === null && choice.path === '')) return other;
  // A version is needed to read it again; where the two have different ones, the newer has moved.
  const start = base ?? { ...ours, root: { schemaVersion: '3.0.0', contracts: { core: {} } } };
  const given = { base: start, ours, theirs };
  if (choice.contract === null) return settledSection(choice, given);
  if (isAboutAll(choice)) return settledPlaces(choice.contract, choice, given);
  const record = settledRecord(choice.contract, choice, given);
  return record === undefined ? withoutRecord(start, choice.contract) : withRecord(start, record);
}

/** All of them, in one order whatever the order they were made in: a part of a record after the whole of it. */
export function settleAll(sides: ThreeFiles, choices: readonly Choice[]): ThreeFiles {
  const ordered = [...choices].sort(
    (a, b) =>
      Number(isAboutAll(b)) - Number(isAboutAll(a)) ||
      compareText(a.contract ?? '', b.contract ?? '') ||
      compareText(a.path, b.path) ||
      compareText(a.side, b.side),
  );
  return ordered.reduce((files, choice) => ({ ...files, base: settle(files, choice) }), sides);
}

/** Is it about the record as it stands in the file, not about a unit of its fields? */
export function isAboutAll({ path, reason }: Pick<Choice, 'path' | 'reason'>): boolean {
  return reason !== undefined || path === '' || path === 'checksum';
}

function settledSection({ side, path, reason }: Choice, { base, ours, theirs }: Given): NetworkFile {
  const other = side === 'ours' ? theirs : ours;
  const section = sectionOfChecksum(path);
  const places = section === null ? [segments(path)] : [[section], segments(path)];
  const remainder = places.reduce(
    (rest, place) => replaced(rest, place, valueAt(remainderOf(other), pointer(...place))),
    remainderOf(base),
  );
  const names = reason === undefined ? [] : namesAt(path, [ours, theirs]);
  const file = names.reduce((rest, name) => withPlacesOf(rest, name, other), base);
  return names.length > 0 ? file : withRemainder(base, remainder);
}

/** Everything the file says of this name: what is invalid about it need not be in a record. */
function settledPlaces(name: string, { side, path }: Choice, { base, ours, theirs }: Given): NetworkFile {
  const other = side === 'ours' ? theirs : ours;
  const file = withPlacesOf(base, name, other);
  const place = segments(path);
  if (place[0] !== 'verification') return file;
  return { ...file, root: replaced(file.root, place, valueAt(other.root, pointer(...place))) };
}

function settledRecord(name: string, { side, path }: Choice, files: Given): StateRecord | undefined {
  const [base, ours, theirs] = [files.base, files.ours, files.theirs].map(
    (file) => recordNamed(file, name) ?? undefined,
  );
  const other = side === 'ours' ? theirs : ours;
  if (ours === undefined || theirs === undefined || other === undefined || isWhole({ base, ours, theirs }))
    return other;
  if (path === 'category') return { ...(base ?? other), category: other.category };
  const fields = { base: base?.fields ?? {}, ours: ours.fields, theirs: theirs.fields };
  const unit = unitsOf(fields).find((names) => names.includes(path)) ?? [path];
  const kept = Object.entries(fields.base).filter(([field]) => !unit.includes(field));
  const moved = Object.entries(other.fields).filter(([field]) => unit.includes(field));
  return { ...(base ?? other), fields: Object.fromEntries([...kept, ...moved]) };
}
