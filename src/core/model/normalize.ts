import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { inFileCase } from './checksum.js';
import { reservedFields } from './fields.js';
import { extendedPrefix, homeOf, type PlacedRecord, placedRecords } from './placed-record.js';

/**
 * What `fmt` may do to the value of a file (FORMAT §9): fields to their home when misplaced or twice, the case of the
 * two addresses and the two hashes, empty categories dropped. Never a checksum input, never a conflict decided.
 */
export function normalizeFile(root: JsonObject): JsonObject {
  const contracts = member(root, 'contracts');
  if (!isObject(contracts)) return root;
  const records = placedRecords(root).map(normalizeRecord);
  const withRecords = Object.entries(contracts)
    .filter(([category, names]) => category === 'core' || !isEmptyObject(names))
    .map(([category, names]): [string, Json] => [
      category,
      isObject(names) ? replaced(names, entriesOf(records, category)) : names,
    ]);
  const extended = records.flatMap((record) => extendedMember(root, record));
  return { ...replaced(root, new Map(extended)), contracts: Object.fromEntries(withRecords) };
}

type Normal = {
  readonly placed: PlacedRecord;
  readonly entry: JsonObject | null;
  readonly extended: JsonObject | null;
};

function normalizeRecord(placed: PlacedRecord): Normal {
  const { entry, extended, first, aliasStatement } = placed;
  // A second entry of a name shares the extended object with the first: moving its fields would mix two records.
  if (entry === null || aliasStatement) return { placed, entry: null, extended: null };
  // Case first: copies that differ in nothing else are equal.
  const cased = recaseMembers(entry);
  if (!first || extended === null) return { placed, entry: cased, extended: null };
  const casedExtended = recaseMembers(extended);
  return { placed, entry: atHome('entry', cased, casedExtended), extended: atHome('extended', casedExtended, cased) };
}

/** One of the two objects with what belongs there: its own fields, and those that only the other one has. */
function atHome(home: 'entry' | 'extended', own: JsonObject, other: JsonObject): JsonObject {
  const kept = Object.entries(own).filter(([field, value]) => {
    const elsewhere = member(other, field);
    return staysIn(field, home) || (elsewhere !== undefined && !equalJson(value, elsewhere));
  });
  const moved = Object.entries(other).filter(([field]) => !staysElsewhere(field, home) && !Object.hasOwn(own, field));
  return Object.fromEntries([...kept, ...moved]);
}

/** Reserved names are no fields: they have no home to be moved to. */
function staysIn(field: string, home: 'entry' | 'extended'): boolean {
  return reservedFields.has(field) || homeOf(field) === home;
}

function staysElsewhere(field: string, home: 'entry' | 'extended'): boolean {
  return reservedFields.has(field) || homeOf(field) !== home;
}

function recaseMembers(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([field, value]) => [field, inFileCase(field, value)]));
}

function entriesOf(records: readonly Normal[], category: string): ReadonlyMap<string, Json> {
  const entries = new Map<string, Json>();
  for (const { placed, entry } of records)
    if (placed.category === category && entry !== null) entries.set(placed.name, entry);
  return entries;
}

/** An extended object that was absent appears only when a field moved into it. */
function extendedMember(root: JsonObject, { placed, extended }: Normal): [string, Json][] {
  const key = extendedPrefix + placed.name;
  if (extended === null || (!Object.hasOwn(root, key) && isEmptyObject(extended))) return [];
  return [[key, extended]];
}

function replaced(object: JsonObject, members: ReadonlyMap<string, Json>): JsonObject {
  return Object.fromEntries([...new Map([...Object.entries(object), ...members])]);
}

function isEmptyObject(value: Json): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}
