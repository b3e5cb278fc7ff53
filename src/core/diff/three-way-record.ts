import { compareText, equalJson } from '../equal.js';
import { type Json, type JsonObject, member } from '../json.js';
import { recordChecksum, sealRecord } from '../model/checksum.js';
import { compareFieldNames, identityAddress, knownFields } from '../model/fields.js';
import type { StateRecord } from '../model/record.js';
import { type ValueConflict, valueConflict } from './three-way.js';

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
  if (base === undefined || ours === undefined || theirs === undefined) {
    return { record: ours, conflicts: wholeConflicts(sides) };
  }
  return mergeFields(base, ours, theirs);
}

/** Equal in every field, the checksum included, and in category. */
function sameRecord(a: StateRecord | undefined, b: StateRecord | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.category === b.category && equalJson(a.fields, b.fields);
}

/** Both sides added it, or one removed what the other changed: every value on which the two differ. */
function wholeConflicts({ base, ours, theirs }: ThreeRecords): ValueConflict[] {
  const sides = { base: base?.fields ?? {}, ours: ours?.fields ?? {}, theirs: theirs?.fields ?? {} };
  const from = base === undefined ? sides.ours : sides.base;
  const to = base === undefined ? sides.theirs : ours === undefined ? sides.theirs : sides.ours;
  const names = fieldNames(sides).filter((name) => !equalJson(member(from, name), member(to, name)));
  const shown = names.length === 0 ? ['checksum'] : names;
  return shown.map((name) => conflictAt(name, sides));
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
    const winner = unitWinner(unit, sides);
    if (winner === null) conflicts.push(...unit.flatMap((name) => unitConflict(name, sides)));
    const from = winner ?? sides.ours;
    for (const name of unit) {
      const value = name === 'aliases' ? mergedAliases(sides) : member(from, name);
      if (value !== undefined) merged.set(name, value);
    }
  }
  for (const side of [ours, theirs]) {
    const checksum = member(side.fields, 'checksum');
    if (checksum !== undefined && checksum !== recordChecksum(side)) {
      conflicts.push(conflictAt('checksum', sides));
      break;
    }
  }
  const category = mergedCategory(base, ours, theirs, conflicts);
  if (conflicts.length > 0) return { record: ours, conflicts };
  return { record: closest({ ...ours, category, fields: Object.fromEntries(merged) }, [ours, theirs]), conflicts };
}

type Sides = { readonly base: JsonObject; readonly ours: JsonObject; readonly theirs: JsonObject };

/** What moves as one. Identity and code are one unit when the identity differs anywhere: new code never meets an old proxy. */
function unitsOf(sides: Sides): string[][] {
  const identities = [sides.base, sides.ours, sides.theirs].map(identityText);
  const isOneContract = new Set(identities).size === 1;
  const isPlain = [sides.base, sides.ours, sides.theirs].some((fields) => member(fields, 'proxy') === undefined);
  const code = [...knownFields].filter(([, field]) => field.mergeClass === 'code').map(([name]) => name);
  const bound = isOneContract && !isPlain ? [['proxy'], code] : [['proxy', ...code]];
  const single = fieldNames(sides).filter((name) => name !== 'proxy' && !code.includes(name));
  return [...bound, ...single.map((name) => [name])];
}

function identityText(fields: JsonObject): string {
  const address = identityAddress(fields);
  return typeof address === 'string' ? address.toLowerCase() : '';
}

/** The side whose values the unit takes, null when both moved it and not to the same. */
function unitWinner(unit: readonly string[], { base, ours, theirs }: Sides): JsonObject | null {
  const same = (a: JsonObject, b: JsonObject) => unit.every((name) => equalJson(member(a, name), member(b, name)));
  if (same(base, theirs) || same(ours, theirs)) return ours;
  if (same(base, ours)) return theirs;
  return unit.length === 1 && unit[0] === 'aliases' ? ours : null;
}

function unitConflict(name: string, sides: Sides): ValueConflict[] {
  return equalJson(member(sides.ours, name), member(sides.theirs, name)) ? [] : [conflictAt(name, sides)];
}

/** A set: what theirs added comes, what theirs took goes. */
function mergedAliases({ base, ours, theirs }: Sides): Json | undefined {
  const [before, mine, other] = [base, ours, theirs].map((fields) => new Set(textItems(member(fields, 'aliases'))));
  const added = [...(other ?? [])].filter((alias) => before?.has(alias) !== true);
  const kept = [...(mine ?? [])].filter((alias) => before?.has(alias) !== true || other?.has(alias) === true);
  const merged = [...new Set([...kept, ...added])].sort(compareText);
  return merged.length === 0 ? undefined : merged;
}

function mergedCategory(base: StateRecord, ours: StateRecord, theirs: StateRecord, conflicts: ValueConflict[]): string {
  if (base.category === theirs.category || ours.category === theirs.category) return ours.category;
  if (base.category === ours.category) return theirs.category;
  conflicts.push(valueConflict('category', base.category, ours.category, theirs.category));
  return ours.category;
}

/** A side that says the same keeps its seal or the lack of it; anything new is sealed. */
function closest(merged: StateRecord, sides: readonly StateRecord[]): StateRecord {
  const same = sides.find(
    (side) => side.category === merged.category && equalJson(unsealed(side.fields), merged.fields),
  );
  return same ?? sealRecord(merged);
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
