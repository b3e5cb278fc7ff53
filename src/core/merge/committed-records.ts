import { compareText, equalJson } from '../equal.js';
import { type JsonObject, member } from '../json.js';
import { recordChecksum } from '../model/checksum.js';
import { compareFieldNames } from '../model/fields.js';
import { type NetworkFile, recordNamed, recordsOf } from '../model/network-file.js';
import { extendedPrefix, homeOf } from '../model/placed-record.js';
import type { StateRecord } from '../model/record.js';
import { pointer } from '../text/pointer.js';
import type { Difference } from './committed-differences.js';
import { valueText } from './committed-members.js';
import type { Conflict } from './conflict.js';
import { togetherInvalid } from './invalid-sides.js';
import type { ThreeFiles } from './merge-network.js';
import { isWhole, type ThreeRecords } from './merge-record.js';
import { isAboutAll } from './settle.js';
import { type ThreeFields, unitsOf } from './units.js';

type Compared = { readonly expected: StateRecord | undefined; readonly found: StateRecord | undefined };

/** Records that are not as merged; of one with open conflicts, the fields that are not open, and code of two halves. */
export function committedRecords(
  sides: ThreeFiles,
  files: { readonly expected: NetworkFile; readonly found: NetworkFile },
  open: readonly Conflict[],
): Difference[] {
  const names = [files.expected, files.found].flatMap((file) => recordsOf(file).map(({ name }) => name));
  // What the two break together can be mended on either of the records that meet.
  const loose = open.some(({ reason }) => reason?.startsWith(togetherInvalid) === true) ? ['aliases'] : [];
  return [...new Set(names)].sort(compareText).flatMap((name) => {
    const named = (file: NetworkFile | undefined) => (file === undefined ? null : recordNamed(file, name)) ?? undefined;
    const records = { base: named(sides.base), ours: named(sides.ours), theirs: named(sides.theirs) };
    const compared = { expected: named(files.expected), found: named(files.found) };
    const own = open.filter(({ contract }) => contract === name);
    return differencesOf(name, records, compared, own, loose);
  });
}

function differencesOf(
  name: string,
  records: ThreeRecords,
  { expected, found }: Compared,
  open: readonly Conflict[],
  loose: readonly string[],
): Difference[] {
  const mixed = found === undefined || open.length === 0 ? null : mixedCode(records, found);
  if (mixed !== null) return [mixed];
  if (open.length > 0 && (isWhole(records) || open.some(isAboutAll))) return [];
  if (found === undefined) {
    const message = `${name} is lost: the merge by record keeps it`;
    const path = pointer('contracts', expected?.category ?? '', name);
    return expected === undefined ? [] : [{ contract: name, path, message }];
  }
  if (expected === undefined) {
    const isKnown = [records.ours, records.theirs].some((record) => record !== undefined);
    const why = isKnown ? 'the merge by record removes it' : 'no side has it';
    return [{ contract: name, path: pointer('contracts', found.category, name), message: `${name} is there: ${why}` }];
  }
  const free = openFields(records, open);
  return [
    ...categoryDifference(expected, found, free),
    ...fieldDifferences(expected, found, new Set([...free, ...loose])),
    ...sealDifference(expected, found, open.length > 0 || loose.length > 0),
  ];
}

function openFields(records: ThreeRecords, open: readonly Conflict[]): Set<string> {
  const units = unitsOf(fieldsOf(records));
  return new Set(open.flatMap(({ path }) => units.find((unit) => unit.includes(path)) ?? [path]));
}

function categoryDifference(expected: StateRecord, found: StateRecord, free: ReadonlySet<string>): Difference[] {
  if (expected.category === found.category || free.has('category')) return [];
  const { name, category } = found;
  const message = `${name} stands in ${category}; the merge by record has it in ${expected.category}`;
  return [{ contract: name, path: pointer('contracts', category, name), message }];
}

function fieldDifferences(expected: StateRecord, found: StateRecord, free: ReadonlySet<string>): Difference[] {
  const names = [...new Set([...Object.keys(expected.fields), ...Object.keys(found.fields)])].sort(compareFieldNames);
  return names.flatMap((field) => {
    const [wanted, there] = [expected, found].map(({ fields }) => member(fields, field));
    if (field === 'checksum' || free.has(field) || equalJson(wanted, there)) return [];
    const message = `${found.name}: the merge by record has the ${field} ${valueText(wanted)}, the commit ${valueText(there)}`;
    return [{ contract: found.name, path: placeOf(found, field), message }];
  });
}

/** A seal that holds says no more than the fields do. */
function sealDifference(expected: StateRecord, found: StateRecord, isOpen: boolean): Difference[] {
  const seal = member(found.fields, 'checksum');
  if (equalJson(seal, member(expected.fields, 'checksum')) || seal === recordChecksum(found)) return [];
  if (seal === undefined && isOpen) return [];
  const what = seal === undefined ? 'no checksum' : 'a checksum that does not hold';
  const message = `${found.name} has ${what}; the merge by record seals it`;
  return [{ contract: found.name, path: placeOf(found, 'checksum'), message }];
}

/** Identity and code of which each field is one side's and the whole is neither side's: nobody deployed that. */
function mixedCode(records: ThreeRecords, found: StateRecord): Difference | null {
  const { base, ours, theirs } = records;
  if (ours === undefined || theirs === undefined) return null;
  for (const unit of unitsOf(fieldsOf(records)).filter((names) => names.includes('implementation'))) {
    const same = (a: JsonObject, b: JsonObject) => unit.every((name) => equalJson(member(a, name), member(b, name)));
    if ([ours, theirs, ...(base === undefined ? [] : [base])].some(({ fields }) => same(fields, found.fields)))
      continue;
    const from = (side: StateRecord, name: string) => equalJson(member(side.fields, name), member(found.fields, name));
    if (!unit.every((name) => from(ours, name) || from(theirs, name))) continue;
    const field = unit.find((name) => !from(ours, name)) ?? 'implementation';
    const other = unit.find((name) => !from(theirs, name)) ?? 'implementation';
    const message = `${found.name} blends two edits: the ${field} of the one side, the ${other} of the other`;
    return { contract: found.name, path: placeOf(found, field), message };
  }
  return null;
}

function fieldsOf({ base, ours, theirs }: ThreeRecords): ThreeFields {
  return { base: base?.fields ?? {}, ours: ours?.fields ?? {}, theirs: theirs?.fields ?? {} };
}

function placeOf({ category, name }: StateRecord, field: string): string {
  return homeOf(field) === 'entry'
    ? pointer('contracts', category, name, field)
    : pointer(extendedPrefix + name, field);
}
