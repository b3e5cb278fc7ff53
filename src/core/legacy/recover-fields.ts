import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import type { LegacyEntry } from './entry.js';
import { keyText } from './key-text.js';
import type { LegacyRecord, Recovered } from './legacy-record.js';
import { isReject, readEntry } from './read-entry.js';

/** An older version of an entry; `value` null where the key was deleted. */
export type SupersededEntry = Pick<LegacyEntry, 'key'> & {
  readonly value: Uint8Array | null;
  /** The higher, the newer. */
  readonly sequence: number;
  /** Where it still stands. */
  readonly file: string;
};

/**
 * The records with the deploymentArgs that only older versions of them still have, each with its file beside the fields: a value
 * counts only where the record itself has none and the proxy is the same. Of several versions the newest counts.
 */
export function recoverFields(
  records: readonly LegacyRecord[],
  superseded: readonly SupersededEntry[],
): LegacyRecord[] {
  const older = new Map<string, SupersededEntry[]>();
  for (const version of [...superseded].sort((a, b) => b.sequence - a.sequence)) {
    const key = keyText(version.key);
    const versions = older.get(key);
    if (versions === undefined) older.set(key, [version]);
    else versions.push(version);
  }
  return records.map((record) => {
    const recovered = argumentsOf(record, older.get(record.key) ?? []);
    return recovered === null ? record : { ...record, recovered: new Map([['deploymentArgs', recovered]]) };
  });
}

/**
 * Fields of a record with what was recovered, where they do not have it, and `source.recovered` as FORMAT §4 has it. A mark of an
 * earlier import stays as long as the value it is about does. `filled` names what is new.
 */
export function withRecovered(
  existing: JsonObject,
  fields: JsonObject,
  recovered: ReadonlyMap<string, Recovered>,
): { readonly fields: JsonObject; readonly filled: readonly string[] } {
  const earlier = Object.entries(marksOf(existing)).filter(([field]) => {
    const value = member(existing, field);
    return value !== undefined && equalJson(value, member(fields, field) ?? null);
  });
  const filled = [...recovered].filter(([field]) => member(fields, field) === undefined);
  const marks = [...earlier, ...filled.map(([field, { file }]): [string, Json] => [field, { file }])];
  if (marks.length === 0) return { fields, filled: [] };
  const values = filled.map(([field, { value }]): [string, Json] => [field, value]);
  const said = member(fields, 'source');
  const source = { ...(isObject(said) ? said : {}), recovered: Object.fromEntries(marks) };
  return {
    fields: { ...fields, ...Object.fromEntries(values), source },
    filled: filled.map(([field]) => field),
  };
}

function argumentsOf(record: LegacyRecord, versions: readonly SupersededEntry[]): Recovered | null {
  const proxy = member(record.fields, 'proxyAddress');
  if (proxy === undefined || member(record.fields, 'deploymentArgs') !== undefined) return null;
  for (const { key, value: bytes, file } of versions) {
    const read = bytes === null ? null : readEntry({ key, value: bytes });
    if (read === null || isReject(read) || member(read.fields, 'proxyAddress') !== proxy) continue;
    const value = member(read.fields, 'deploymentArgs');
    if (Array.isArray(value)) return { value, file };
  }
  return null;
}

function marksOf(fields: JsonObject): JsonObject {
  const source = member(fields, 'source');
  const marks = isObject(source) ? member(source, 'recovered') : undefined;
  return isObject(marks) ? marks : {};
}
