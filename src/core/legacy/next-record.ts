import type { Config } from '../config/config.js';
import { equalJson } from '../equal.js';
import { isObject, type JsonObject, member } from '../json.js';
import { categoryOf } from '../model/category.js';
import { recordOfInput } from '../model/fields-of-input.js';
import { categoryNameProblem } from '../model/names.js';
import type { NetworkFile } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { shown } from '../shown.js';
import type { Ambiguity, LegacyRecord } from './legacy-record.js';
import { mergeFields } from './merge-fields.js';
import { withRecovered } from './recover-fields.js';
import { refused } from './refused.js';

/** The record an entry makes of the one that is there, unsealed, and whether that changes anything; else why it cannot. */
export type NextRecord = (
  file: NetworkFile,
  existing: StateRecord | undefined,
  record: LegacyRecord,
  name: string,
  config: Config,
) =>
  | {
      readonly record: StateRecord;
      readonly changed: boolean;
      readonly ambiguous?: Ambiguity;
      /** Fields that older versions of the entry filled. */
      readonly filled?: readonly string[];
    }
  | { readonly reason: string };

/** For an entry that is a ContractType. */
export const nextRecord: NextRecord = (file, existing, record, name, config) => {
  const category = existing?.category ?? wishedCategory(record.fields) ?? categoryOf(name, config);
  const place = { network: file.network, chainId: file.chainId, category, name };
  const contradiction = contradictionOf(record, place);
  if (contradiction !== null) return { reason: contradiction };
  const contractName = name === record.contractName ? undefined : record.contractName;
  const input = { ...record.fields, ...(record.spelling === null ? {} : { networkName: record.spelling }) };
  const said = refused(() => recordOfInput({ ...place, contractName }, input, { nullIsUnknown: true, problems: [] }));
  if ('reason' in said) return said;
  const before = existing?.fields ?? {};
  const merged = mergeFields(before, withOrigin(said.fields, record.key));
  const { fields, filled } = withRecovered(before, merged, record.recovered ?? new Map());
  return {
    record: { ...place, fields },
    changed: existing === undefined || !sameContent(existing.fields, fields),
    filled,
  };
};

function wishedCategory(fields: JsonObject): string | null {
  const category = member(fields, 'category');
  return typeof category === 'string' && categoryNameProblem(category) === null ? category : null;
}

/** Names of the place (FORMAT §4.2) are no fields of a record; said in the value, they must say the same. */
function contradictionOf(record: LegacyRecord, place: Omit<StateRecord, 'fields' | 'chainId'>): string | null {
  const accepted = [
    ['network', [place.network, record.spelling, record.network]],
    ['category', [place.category]],
    ['name', [place.name, record.contractName]],
  ] as const;
  for (const [field, values] of accepted) {
    const said = member(record.fields, field);
    if (said === undefined || values.some((value) => value === said)) continue;
    return `${field} is ${shown(JSON.stringify(said))}, but the record is ${shown(values[0])}`;
  }
  return null;
}

/** FORMAT §8: where the record came from. A value that says so itself is left as it is. */
function withOrigin(fields: JsonObject, key: string): JsonObject {
  const said = member(fields, 'source');
  return { ...fields, source: { kind: 'leveldb', key, ...(isObject(said) ? said : {}) } };
}

/** Whether two records say the same: their checksums follow from that. */
export function sameContent(a: JsonObject, b: JsonObject): boolean {
  const content = (fields: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => field !== 'checksum'));
  return equalJson(content(a), content(b));
}
