import { StateManagerError } from '../../errors.js';
import type { Config } from '../config/config.js';
import { equalJson } from '../equal.js';
import { isObject, type JsonObject, member } from '../json.js';
import { categoryOf } from '../model/category.js';
import { sealRecord } from '../model/checksum.js';
import { recordOfInput } from '../model/fields-of-input.js';
import { findForWrite, nameForNew } from '../model/lookup.js';
import { categoryNameProblem, shortName } from '../model/names.js';
import { type NetworkFile, recordsOf } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { shown } from '../shown.js';
import { mergeFields } from './merge-fields.js';
import { type Ambiguity, type LegacyRecord, type LegacyReject, reject } from './legacy-record.js';
import { type NameIndex, nameIndex } from './name-index.js';
import { withRecords } from './with-records.js';

/** One network file after an import, and what became of each entry of the source. */
export type NetworkMerge = {
  readonly file: NetworkFile;
  /** Records that are new or changed: name → key of the entry. */
  readonly imported: ReadonlyMap<string, LegacyRecord>;
  readonly unchanged: number;
  readonly rejects: readonly LegacyReject[];
  readonly ambiguous: readonly Ambiguity[];
  /** Records of the source that have no deploymentArgs here either. */
  readonly withoutArguments: number;
};

/**
 * Brings what a source says into a network file (CONTRACT §4, `import`): it replaces what is there, fields it does not
 * know stay. `records` in key order; of two for one record the first stands, the other goes to quarantine.
 */
export function mergeNetwork(file: NetworkFile, records: readonly LegacyRecord[], config: Config): NetworkMerge {
  const before = new Map(recordsOf(file).map((record) => [record.name, record]));
  const index = nameIndex(file, [...before.values()]);
  const contested = contestedShortNames(records);
  const takenBy = new Map<string, LegacyRecord>();
  const changed = new Map<string, LegacyRecord>();
  const rejects: LegacyReject[] = [];
  const ambiguous: Ambiguity[] = [];
  // A short name belongs to the entry that uses it as it is; fully-qualified ones come after and make way.
  const isQualified = (record: LegacyRecord): boolean => shortName(record.contractName) !== record.contractName;
  for (const record of [...records.filter((one) => !isQualified(one)), ...records.filter(isQualified)]) {
    const named = nameOf(index, record, takenBy, contested);
    if ('reason' in named) {
      rejects.push(reject(record, named.reason));
      continue;
    }
    const rival = takenBy.get(named.name);
    if (rival !== undefined) {
      if (sameContract(rival, record)) continue;
      rejects.push(reject(record, `${shown(rival.key)} is another entry of the same record and says otherwise`));
      ambiguous.push({ rule: 'duplicate-record', path: record.key, kept: rival.key, other: record.value });
      continue;
    }
    const next = nextRecord(index, file, record, named.name, config);
    if ('reason' in next) {
      rejects.push(reject(record, next.reason));
      continue;
    }
    takenBy.set(named.name, record);
    if (named.name !== record.contractName) {
      ambiguous.push({ rule: 'name-qualified', path: record.key, kept: named.name, other: record.contractName });
    }
    if (next.changed) {
      index.set(sealRecord(next.record));
      changed.set(named.name, record);
    }
  }
  const written = [...changed.keys()].flatMap((name) => index.get(name) ?? []);
  const isWithout = (name: string): boolean => {
    const fields = index.get(name)?.fields;
    return fields !== undefined && member(fields, 'deploymentArgs') === undefined;
  };
  return {
    file: written.length === 0 ? file : withRecords(file, before, written),
    imported: changed,
    unchanged: takenBy.size - changed.size,
    rejects,
    ambiguous,
    withoutArguments: [...takenBy.keys()].filter(isWithout).length,
  };
}

/** Short names that several fully-qualified names of the source end in: none of them gets it (FORMAT §10.8). */
function contestedShortNames(records: readonly LegacyRecord[]): ReadonlySet<string> {
  const names = [...new Set(records.map((record) => record.contractName))];
  const seen = new Set<string>();
  const contested = new Set<string>();
  for (const short of names.filter((name) => shortName(name) !== name).map(shortName)) {
    if (seen.has(short)) contested.add(short);
    seen.add(short);
  }
  return contested;
}

/** What the record is called here (FORMAT §5): as the file knows it, else its short name where that is free. */
function nameOf(
  index: NameIndex,
  record: LegacyRecord,
  takenBy: ReadonlyMap<string, LegacyRecord>,
  contested: ReadonlySet<string>,
): { readonly name: string } | { readonly reason: string } {
  const { contractName } = record;
  const around = index.around(contractName);
  const found = refused(() => findForWrite(around, contractName));
  if (found !== null && 'reason' in found) return found;
  const rival = found === null ? undefined : takenBy.get(found.name);
  if (found !== null && (rival === undefined || rival.contractName === contractName)) return { name: found.name };
  if (rival === undefined && !contested.has(shortName(contractName))) return nameForNew(around, contractName);
  if (index.get(contractName) === undefined) return { name: contractName };
  return { reason: `${shown(rival?.key ?? '')} is this record already, under another of its names` };
}

function sameContract(a: LegacyRecord, b: LegacyRecord): boolean {
  return equalJson(a.fields, b.fields);
}

function nextRecord(
  index: NameIndex,
  file: NetworkFile,
  record: LegacyRecord,
  name: string,
  config: Config,
): { readonly record: StateRecord; readonly changed: boolean } | { readonly reason: string } {
  const existing = index.get(name);
  const category = existing?.category ?? wishedCategory(record.fields) ?? categoryOf(name, config);
  const place = { network: file.network, chainId: file.chainId, category, name };
  const contradiction = contradictionOf(record, place);
  if (contradiction !== null) return { reason: contradiction };
  const contractName = name === record.contractName ? undefined : record.contractName;
  const input = { ...record.fields, ...(record.spelling === null ? {} : { networkName: record.spelling }) };
  const said = refused(() => recordOfInput({ ...place, contractName }, input, { nullIsUnknown: true, problems: [] }));
  if ('reason' in said) return said;
  const fields = mergeFields(existing?.fields ?? {}, withOrigin(said.fields, record.key));
  return { record: { ...place, fields }, changed: existing === undefined || !sameContent(existing.fields, fields) };
}

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

function sameContent(a: JsonObject, b: JsonObject): boolean {
  const content = (fields: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => field !== 'checksum'));
  return equalJson(content(a), content(b));
}

/** What the model refuses about one entry is a reason to quarantine it, not to stop the import. */
function refused<T>(attempt: () => T): T | { readonly reason: string } {
  try {
    return attempt();
  } catch (error) {
    if (!(error instanceof StateManagerError)) throw error;
    return { reason: problemsOf(error) ?? error.message };
  }
}

function problemsOf(error: StateManagerError): string | null {
  const problems = error.details['problems'] as readonly { path: string; message: string }[] | undefined;
  if (problems === undefined || problems.length === 0) return null;
  return problems.map(({ path, message }) => `${path.slice(1)} ${message}`).join('; ');
}
