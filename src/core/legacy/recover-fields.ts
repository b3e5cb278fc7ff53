import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import type { LegacyEntry } from './entry.js';
import { keyText } from './key-text.js';
import type { LegacyRecord, Recovered } from './legacy-record.js';
import { isReject, readEntry } from './read-entry.js';
import { historyFields, type OlderFields, recoverHistory } from './recover-history.js';
import { mergeUpgrades, type Upgrade } from './upgrades.js';

/** An older version of an entry; `value` null where the key was deleted. */
export type SupersededEntry = Pick<LegacyEntry, 'key'> & {
  readonly value: Uint8Array | null;
  /** The higher, the newer, within one store. */
  readonly sequence: number;
  /** Where it still stands; in a copy of the store, behind the name of that copy. */
  readonly file: string;
};

/**
 * The records with what only older versions of them still have, each value with its file: missing `deploymentArgs` of the same proxy;
 * missing hashes and time of the same proxy and implementation; `firstDeployedAt` and `upgrades` of the same proxy.
 * `versions` in the order in which they count (`olderVersions`).
 */
export function recoverFields(records: readonly LegacyRecord[], versions: readonly SupersededEntry[]): LegacyRecord[] {
  const recover = recovery(versions);
  return records.map(recover);
}

/** `recoverFields` one record at a time. */
export function recovery(versions: readonly SupersededEntry[]): (record: LegacyRecord) => LegacyRecord {
  const byKey = new Map<string, SupersededEntry[]>();
  for (const version of versions) {
    const key = keyText(version.key);
    const same = byKey.get(key);
    if (same === undefined) byKey.set(key, [version]);
    else same.push(version);
  }
  return (record) => {
    const older = sameProxy(record, byKey.get(record.key) ?? []);
    const lost = lostFields(record.fields, older);
    const whole = { ...record.fields, ...Object.fromEntries([...lost].map(([field, { value }]) => [field, value])) };
    const recovered = new Map([...lost, ...recoverHistory(whole, older)]);
    return recovered.size === 0 ? record : { ...record, recovered };
  };
}

/**
 * Fields of a record with what was recovered, where they do not have it, and `source.recovered` as FORMAT §4 has it. A mark of an
 * earlier import stays as long as the value it is about does, and the history of another proxy goes. `filled` names what is new.
 */
export function withRecovered(
  existing: JsonObject,
  said: JsonObject,
  recovered: ReadonlyMap<string, Recovered>,
): { readonly fields: JsonObject; readonly filled: readonly string[] } {
  const fields = withoutPastOf(existing, said);
  const earlier = Object.entries(marksOf(existing)).filter(([field]) => stays(existing, fields, field));
  const filled = [...recovered].flatMap(([field, { value, file }]) => {
    const next = filledBy(field, member(fields, field), value);
    return next === null ? [] : [{ field, next, file }];
  });
  const marks = [...earlier, ...filled.map(({ field, file }): [string, Json] => [field, { file }])];
  if (marks.length === 0) return { fields, filled: [] };
  const values = filled.map(({ field, next }): [string, Json] => [field, next]);
  const given = member(fields, 'source');
  const source = { ...(isObject(given) ? given : {}), recovered: Object.fromEntries(marks) };
  return {
    fields: { ...fields, ...Object.fromEntries(values), source },
    filled: filled.map(({ field }) => field),
  };
}

function sameProxy(record: LegacyRecord, versions: readonly SupersededEntry[]): OlderFields[] {
  const proxy = member(record.fields, 'proxyAddress');
  if (proxy === undefined) return [];
  return versions.flatMap(({ key, value, file }) => {
    const read = value === null ? null : readEntry({ key, value });
    if (read === null || isReject(read) || member(read.fields, 'proxyAddress') !== proxy) return [];
    return [{ fields: read.fields, file }];
  });
}

const hashes = ['factoryByteCodeHash', 'implementationHash'] as const;

function lostFields(fields: JsonObject, older: readonly OlderFields[]): Map<string, Recovered> {
  const sameCode = older.filter((one) => isSameCode(fields, one.fields));
  const lost = new Map<string, Recovered>();
  for (const field of ['deploymentArgs', ...hashes, 'timestamp']) {
    if (member(fields, field) !== undefined) continue;
    for (const one of field === 'deploymentArgs' ? older : sameCode) {
      const value = member(one.fields, field);
      if (value === undefined) continue;
      lost.set(field, { value, file: one.file });
      break;
    }
  }
  return lost;
}

/** One address had two hashes over time, by two ways of hashing: a hash that both know tells such versions apart. */
function isSameCode(a: JsonObject, b: JsonObject): boolean {
  const isAlike = (field: string): boolean =>
    member(a, field) === undefined || member(b, field) === undefined || member(a, field) === member(b, field);
  return member(a, 'address') !== undefined && member(a, 'address') === member(b, 'address') && hashes.every(isAlike);
}

/** What a field becomes; null where it stays as it is. */
function filledBy(field: string, there: Json | undefined, found: Json): Json | null {
  if (field === 'upgrades') return Array.isArray(found) ? mergeUpgrades(there, found as readonly Upgrade[]) : null;
  if (there === undefined) return found;
  const isEarlier = typeof there === 'number' && typeof found === 'number' && found < there;
  return field === 'firstDeployedAt' && isEarlier ? found : null;
}

function withoutPastOf(existing: JsonObject, fields: JsonObject): JsonObject {
  const proxy = member(existing, 'proxy');
  if (proxy === undefined || proxy === member(fields, 'proxy')) return fields;
  const marks = marksOf(existing);
  const isPast = (field: string): boolean =>
    historyFields.has(field) && member(marks, field) !== undefined && stays(existing, fields, field);
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !isPast(field)));
}

function stays(existing: JsonObject, fields: JsonObject, field: string): boolean {
  const value = member(existing, field);
  return value !== undefined && equalJson(value, member(fields, field));
}

/** `source.recovered`: by field, where its value came from; empty where nothing did. */
export function marksOf(fields: JsonObject): JsonObject {
  const source = member(fields, 'source');
  const marks = isObject(source) ? member(source, 'recovered') : undefined;
  return isObject(marks) ? marks : {};
}
