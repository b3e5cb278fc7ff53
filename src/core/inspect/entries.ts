import { isObject, type JsonObject, member } from '../json.js';
import { categoryNameProblem, recordNameProblem } from '../model/names.js';
import { extendedPrefix, objectMembers, type PlacedRecord } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { type Complaint, shownValue } from './complaint.js';

/** What stands where under `contracts`, and which extended objects belong to nothing (FORMAT §3 to §5). */
export function inspectEntries(root: JsonObject, records: readonly PlacedRecord[]): Complaint[] {
  return [
    ...inspectCategories(root),
    ...records.flatMap((record) => inspectEntry(record, records)),
    ...orphans(root, records),
  ];
}

function inspectCategories(root: JsonObject): Complaint[] {
  return objectMembers(member(root, 'contracts')).flatMap(([category, names]) => {
    const path = pointer('contracts', category);
    const problem = categoryNameProblem(category);
    const complaints: Complaint[] = [];
    if (problem !== null) {
      complaints.push({
        rule: 'category-name',
        path,
        message: `${shownValue(category)} cannot name a category: ${problem}`,
      });
    }
    if (category !== 'core' && isObject(names) && Object.keys(names).length === 0) {
      complaints.push({
        rule: 'category-empty',
        path,
        message: `The category ${shownValue(category)} holds no record`,
      });
    }
    return complaints;
  });
}

function inspectEntry(record: PlacedRecord, records: readonly PlacedRecord[]): Complaint[] {
  const { name, category, entry, entryPath: path, aliasStatement, first } = record;
  const about = (rule: string, message: string): Complaint => ({ rule, path, contract: name, message });
  if (aliasStatement) {
    const meant = member(entry ?? {}, 'currentName') ?? null;
    return [about('legacy-alias', `${name} is no record: it says that the name means ${shownValue(meant)}`)];
  }
  const complaints: Complaint[] = [];
  const problem = recordNameProblem(name);
  if (problem !== null) complaints.push(about('record-name', `${shownValue(name)} cannot name a record: ${problem}`));
  if (!first) {
    const other = records.find((candidate) => candidate.name === name && candidate.first)?.category ?? '';
    complaints.push(about('record-duplicate', `${name} stands in the categories ${other} and ${category}`));
  }
  if (entry === null)
    complaints.push(about('record-type', `${name} in ${category} is not an object with proxy or implementation`));
  else if (!hasAddress(record))
    complaints.push(about('record-address', `${name} has neither proxy nor implementation`));
  return complaints;
}

/** An address in the wrong object is there, and misplaced. */
function hasAddress({ entry, extended, first }: PlacedRecord): boolean {
  const objects = first ? [entry ?? {}, extended ?? {}] : [entry ?? {}];
  return objects.some((object) => Object.hasOwn(object, 'proxy') || Object.hasOwn(object, 'implementation'));
}

function orphans(root: JsonObject, records: readonly PlacedRecord[]): Complaint[] {
  const names = new Set(records.filter((record) => !record.aliasStatement).map((record) => record.name));
  return Object.keys(root)
    .filter((key) => key.startsWith(extendedPrefix) && !names.has(key.slice(extendedPrefix.length)))
    .map((key) => {
      const name = key.slice(extendedPrefix.length);
      const message = `${key} belongs to no record: no category of contracts has ${shownValue(name)}`;
      return { rule: 'extended-orphan', path: pointer(key), contract: name, message };
    });
}
