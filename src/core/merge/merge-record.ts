import { compareText, equalJson } from '../equal.js';
import { type Json, type JsonObject, member } from '../json.js';
import { recordChecksum, sealRecord } from '../model/checksum.js';
import { compareFieldNames, knownFields } from '../model/fields.js';
import type { StateRecord } from '../model/record.js';
import { type ValueConflict, valueConflict } from './conflict.js';
import { identityText, unitsOf } from './units.js';

/** A record of three sides; undefined where it does not stand. */
export type ThreeRecords = {
  readonly base: StateRecord | undefined;
  readonly ours: StateRecord | undefined;
  readonly theirs: StateRecord | undefined;
};

/**
 * One record of three sides by the merge classes of FORMAT §4: a side that did not move gives way whole, else identity
 * and code move as units, each other field alone. A result that is neither side's is sealed; a checksum that does not
 * hold on either side is a conflict, never recomputed away. On conflict the result is ours.
 */
export function mergeRecord(sides: ThreeRecords): { record: StateRecord | undefined; conflicts: ValueConflict[] } {
  const { base, ours, theirs } = sides;
  if (sameRecord(base, theirs) || sameRecord(ours, theirs)) return { record: ours, conflicts: [] };
  if (sameRecord(base, ours)) return { record: theirs, conflicts: [] };
  if (ours === undefined || theirs === undefined || isWhole(sides)) {
    return { record: ours, conflicts: wholeConflicts(sides) };
  }
  return mergeFields(base ?? { ...ours, fields: {} }, ours, theirs);
}

/**
 * Is the record decided as one? When a side removed what the other changed, when the two have another address, and when
 * both added it in another category: they are two contracts then, and no field of one belongs to the other.
 */
export function isWhole({ base, ours, theirs }: ThreeRecords): boolean {
  if (ours === undefined || theirs === undefined) return true;
  if (identityText(ours.fields) !== identityText(theirs.fields)) return true;
  return base === undefined && ours.category !== theirs.category;
}

/** Equal in every field, the checksum included, and in category. */
function sameRecord(a: StateRecord | undefined, b: StateRecord | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.category === b.category && equalJson(a.fields, b.fields);
}

/** Every value on which the two sides differ, or the one that is left and what it was. */
function wholeConflicts({ base, ours, theirs }: ThreeRecords): ValueConflict[] {
  const known = new Set([base, ours, theirs].flatMap((record) => record?.category ?? []));
  const categories =
    known.size < 2 ? [] : [valueConflict('category', base?.category, ours?.category, theirs?.category)];
  const sides = { base: base?.fields ?? {}, ours: ours?.fields ?? {}, theirs: theirs?.fields ?? {} };
  const from = ours === undefined ? sides.base : sides.ours;
  const to = theirs === undefined ? sides.base : sides.theirs;
  const names = fieldNames(sides).filter((name) => !equalJson(member(from, name), member(to, name)));
  const places = [...names.map((name) => conflictAt(name, sides)), ...categories];
  return places.length === 0 ? [conflictAt('checksum', sides)] : places;
}

function mergeFields(
  base: StateRecord,
  ours: StateRecord,
  theirs: StateRecord,
): { record: StateRecord; conflicts: ValueConflict[] } {
  const sides = { base: base.fields, ours: ours.fields, theirs: theirs.fields };
  const conflicts: ValueConflict[] = [];
  const merged = new Map<string, Json>();
  for (const unit of unitsOf(sides)) {
    const values = mergeUnit(unit, sides);
    if (values === null) conflicts.push(...unit.flatMap((name) => unitConflict(name, sides)));
    for (const [name, value] of values ?? []) if (value !== undefined) merged.set(name, value);
  }
  if ([ours, theirs].some(isBroken)) conflicts.push(conflictAt('checksum', sides));
  const category = mergedCategory(base, ours, theirs, conflicts);
  if (conflicts.length > 0) return { record: ours, conflicts };
  return { record: closest({ ...ours, category, fields: Object.fromEntries(merged) }, [ours, theirs]), conflicts };
}

type Sides = { readonly base: JsonObject; readonly ours: JsonObject; readonly theirs: JsonObject };

/** The values of one unit, null when both sides moved it and not to the same. */
function mergeUnit(unit: readonly string[], sides: Sides): [string, Json | undefined][] | null {
  const { base, ours, theirs } = sides;
  const same = (a: JsonObject, b: JsonObject) => unit.every((name) => equalJson(member(a, name), member(b, name)));
  const valuesOf = (side: JsonObject) => unit.map((name): [string, Json | undefined] => [name, member(side, name)]);
  if (same(base, theirs) || same(ours, theirs)) return valuesOf(ours);
  if (same(base, ours)) return valuesOf(theirs);
  const [name = ''] = unit;
  const mergeClass = knownFields.get(name)?.mergeClass;
  const all = [base, ours, theirs].map((side) => member(side, name));
  if (mergeClass === 'set' && all.every(isTextSet)) return [[name, mergedSet(name, sides)]];
  if (mergeClass !== 'minimum' || !all.every(isTime)) return null;
  return [[name, minimum(member(ours, name), member(theirs, name))]];
}

function unitConflict(name: string, sides: Sides): ValueConflict[] {
  return equalJson(member(sides.ours, name), member(sides.theirs, name)) ? [] : [conflictAt(name, sides)];
}

/** Of anything else it is not known what merging would drop. */
function isTextSet(value: Json | undefined): boolean {
  return (
    value === undefined ||
    (Array.isArray(value) && (value as readonly Json[]).every((item) => typeof item === 'string'))
  );
}

function isTime(value: Json | undefined): boolean {
  return value === undefined || typeof value === 'number';
}

/** What theirs added comes, what theirs took goes. */
function mergedSet(name: string, { base, ours, theirs }: Sides): Json | undefined {
  const [before, mine, other] = [base, ours, theirs].map((fields) => new Set(textItems(member(fields, name))));
  const added = [...(other ?? [])].filter((item) => before?.has(item) !== true);
  const kept = [...(mine ?? [])].filter((item) => before?.has(item) !== true || other?.has(item) === true);
  const merged = [...new Set([...kept, ...added])].sort(compareText);
  return merged.length === 0 ? undefined : merged;
}

/** Absent is unknown (FORMAT §4), so a side that knows a time wins over one that took it out. */
function minimum(ours: Json | undefined, theirs: Json | undefined): Json | undefined {
  if (typeof ours !== 'number') return theirs ?? ours;
  return typeof theirs === 'number' ? Math.min(ours, theirs) : ours;
}

function mergedCategory(base: StateRecord, ours: StateRecord, theirs: StateRecord, conflicts: ValueConflict[]): string {
  if (base.category === theirs.category || ours.category === theirs.category) return ours.category;
  if (base.category === ours.category) return theirs.category;
  conflicts.push(valueConflict('category', base.category, ours.category, theirs.category));
  return ours.category;
}

function isBroken(side: StateRecord): boolean {
  const checksum = member(side.fields, 'checksum');
  return checksum !== undefined && checksum !== recordChecksum(side);
}

/** A side that says the same keeps its seal or the lack of it; anything new is sealed. */
function closest(merged: StateRecord, sides: readonly StateRecord[]): StateRecord {
  const same = sides.filter(
    (side) => side.category === merged.category && equalJson(unsealed(side.fields), merged.fields),
  );
  // The two differ then in their seals only, or one says less: the sealed one says more.
  return same.find((side) => member(side.fields, 'checksum') !== undefined) ?? same[0] ?? sealRecord(merged);
}

function conflictAt(name: string, { base, ours, theirs }: Sides): ValueConflict {
  return valueConflict(name, member(base, name), member(ours, name), member(theirs, name));
}

function fieldNames({ base, ours, theirs }: Sides): string[] {
  const names = new Set([...Object.keys(base), ...Object.keys(ours), ...Object.keys(theirs)]);
  names.delete('checksum');
  return [...names].sort(compareFieldNames);
}

function unsealed(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'checksum'));
}

function textItems(value: Json | undefined): string[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];
}
