import { isObject, type Json, type JsonObject, member } from '../json.js';
import { emptyNetworkFile, type NetworkFile, withRecord } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';

/**
 * `withRecord` for many records in one pass: for a file of n records it copies the file once, not n times.
 * `before` holds the records of `file` by name.
 */
export function withRecords(
  file: NetworkFile,
  before: ReadonlyMap<string, StateRecord>,
  records: readonly StateRecord[],
): NetworkFile {
  const root = new Map(Object.entries(file.root));
  const contracts = new Map(
    members(root.get('contracts')).map(([category, names]) => [category, new Map(members(names))]),
  );
  for (const record of records) {
    const previous = before.get(record.name);
    if (previous !== undefined) contracts.get(previous.category)?.delete(record.name);
    const alone = withRecord(emptyNetworkFile(file), record).root;
    const names = contracts.get(record.category) ?? new Map<string, Json>();
    contracts.set(record.category, names);
    for (const [name, entry] of members(member(objectOf(member(alone, 'contracts')), record.category)))
      names.set(name, entry);
    const extendedKey = `extended_${record.name}`;
    root.delete(extendedKey);
    const extended = member(alone, extendedKey);
    if (extended !== undefined) root.set(extendedKey, extended);
  }
  const kept = [...contracts].filter(([category, names]) => category === 'core' || names.size > 0);
  root.set('contracts', Object.fromEntries(kept.map(([category, names]) => [category, Object.fromEntries(names)])));
  return { ...file, root: Object.fromEntries(root) };
}

function members(value: Json | undefined): [string, Json][] {
  return Object.entries(objectOf(value));
}

function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
