import { isObject, type Json, type JsonObject, member } from '../json.js';
import { pointer } from '../text/pointer.js';
import { knownFields } from './fields.js';

/** Prefix of the root keys that hold all fields of a record but its addresses (FORMAT §3). */
export const extendedPrefix = 'extended_';

/**
 * One entry of `contracts` with the extended object of its name, as the file has them: of any form.
 * `entry` and `extended` are null when they are not objects; `extended` is `{}` when it is absent.
 */
export type PlacedRecord = {
  readonly category: string;
  readonly name: string;
  readonly entry: JsonObject | null;
  readonly extended: JsonObject | null;
  readonly entryPath: string;
  readonly extendedPath: string;
  /** The first entry of its name: the others are `record-duplicate` and have no extended object of their own. */
  readonly first: boolean;
  /** `contracts.legacy.X = {currentName}` without address: says an alias, is no record (FORMAT §4). */
  readonly aliasStatement: boolean;
};

/** Every entry of every category that is an object, in the order of the file. */
export function placedRecords(root: JsonObject): PlacedRecord[] {
  const seen = new Set<string>();
  return objectMembers(member(root, 'contracts')).flatMap(([category, names]) =>
    objectMembers(names).map(([name, entry]) => {
      const placed = place(root, category, name, entry, !seen.has(name));
      if (!placed.aliasStatement) seen.add(name);
      return placed;
    }),
  );
}

/** The members of an object, none of anything else. */
export function objectMembers(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

type Union = ReadonlyMap<string, { readonly value: Json; readonly at: 'entry' | 'extended' }>;

/** Every check asks for it. */
const unions = new WeakMap<PlacedRecord, Union>();

/** The fields of a record: the union of both objects; the copy at home where both have one (FORMAT §4). */
export function unionOf(record: PlacedRecord): Union {
  const known = unions.get(record) ?? union(record);
  unions.set(record, known);
  return known;
}

function union({ entry, extended }: PlacedRecord): Union {
  const union = new Map<string, { value: Json; at: 'entry' | 'extended' }>();
  for (const [field, value] of Object.entries(entry ?? {})) union.set(field, { value, at: 'entry' });
  for (const [field, value] of Object.entries(extended ?? {})) {
    if (homeOf(field) === 'extended' || !union.has(field)) union.set(field, { value, at: 'extended' });
  }
  return union;
}

/** One field of the same union, without making it. */
export function fieldIn(
  { entry, extended }: PlacedRecord,
  field: string,
): { readonly value: Json; readonly at: 'entry' | 'extended' } | null {
  const [here, there] = [entry, extended].map((object) => (object === null ? undefined : member(object, field)));
  if (there !== undefined && (here === undefined || homeOf(field) === 'extended')) {
    return { value: there, at: 'extended' };
  }
  return here === undefined ? null : { value: here, at: 'entry' };
}

/** Unknown fields are at home in the extended object. */
export function homeOf(field: string): 'entry' | 'extended' {
  return knownFields.get(field)?.home ?? 'extended';
}

function place(root: JsonObject, category: string, name: string, entry: Json, first: boolean): PlacedRecord {
  const found = member(root, extendedPrefix + name);
  const extended = found === undefined ? {} : found;
  return {
    category,
    name,
    entry: isObject(entry) ? entry : null,
    extended: isObject(extended) ? extended : null,
    entryPath: pointer('contracts', category, name),
    extendedPath: pointer(extendedPrefix + name),
    first,
    aliasStatement: category === 'legacy' && isObject(entry) && statesAlias(entry),
  };
}

function statesAlias(entry: JsonObject): boolean {
  return (
    Object.hasOwn(entry, 'currentName') && !Object.hasOwn(entry, 'proxy') && !Object.hasOwn(entry, 'implementation')
  );
}
