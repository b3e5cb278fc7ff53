import type { Json, JsonObject } from '../../json.js';
import { shortName } from '../../model/names.js';
import { inFileCase } from '../../model/checksum.js';
import { equalJson } from '../../equal.js';
import { extendedPrefix, homeOf } from '../../model/placed-record.js';
import { pointer } from '../../text/pointer.js';
import { addressesOf, isSameContract } from './same-contract.js';
import type { OlderRecord } from './older-part.js';
import { noteOther, type OlderLog, type OlderSource } from './older-source.js';
import type { Origins } from './origins.js';
import { unknownFieldRule } from './unknown-value.js';

/** One contract as all files together have it. */
export type JoinedRecord = {
  readonly name: string;
  readonly category: string;
  readonly fields: ReadonlyMap<string, Json>;
  /** The entry that spoke first. */
  readonly first: { readonly older: OlderSource; readonly from: string };
};

/**
 * The contracts of several files of one network. The first file that names a contract speaks for it; others fill what is
 * missing where they mean the same contract at the same code, so that no hash comes to stand beside another code.
 */
export function joinRecords(
  sources: readonly OlderSource[],
  categoryOf: (name: string, said: string | null) => string,
  log: OlderLog,
  origins: Origins,
): JoinedRecord[] {
  return [...claimsByName(sources)].map(([name, claims]) => {
    const said = claims.find(({ record }) => record.category !== null)?.record.category ?? null;
    return joinRecord(name, categoryOf(name, said), claims, log, origins);
  });
}

type Claim = { readonly older: OlderSource; readonly record: OlderRecord };

function claimsByName(sources: readonly OlderSource[]): Map<string, [Claim, ...Claim[]]> {
  const groups = new Map<string, [Claim, ...Claim[]]>();
  const all = sources.flatMap((older) => older.part.records.map((record) => ({ older, record })));
  // What only repeats addresses comes last, whichever file it stands in: it may mean a record by its short name.
  for (const claim of [...all.filter(({ record }) => !record.listed), ...all.filter(({ record }) => record.listed)]) {
    const name = nameOf(groups, claim.record);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [claim]);
    else group.push(claim);
  }
  return groups;
}

/** What a list repeats is the record of that name, else of that short name or that address, where there is just one. */
function nameOf(groups: ReadonlyMap<string, readonly Claim[]>, { name, listed, fields }: OlderRecord): string {
  if (!listed || groups.has(name)) return name;
  const [address] = fields;
  const own = [...groups].filter(([, claims]) => claims.some(({ record }) => !record.listed));
  const named = own.filter(([other]) => shortName(other) === name);
  const there = own.filter(([, claims]) => claims.some(({ record }) => holdsAddress(record, address?.value ?? null)));
  const [found, ...others] = named.length > 0 ? named : there;
  return found === undefined || others.length > 0 ? name : found[0];
}

function holdsAddress({ fields }: OlderRecord, address: Json): boolean {
  return fields.some(
    ({ field, value }) =>
      addressFields.includes(field) && equalJson(inFileCase('proxy', value), inFileCase('proxy', address)),
  );
}

type Field = OlderRecord['fields'][number] & { readonly older: OlderSource };

function joinRecord(
  name: string,
  category: string,
  claims: readonly [Claim, ...Claim[]],
  log: OlderLog,
  origins: Origins,
): JoinedRecord {
  const [{ older, record }] = claims;
  const entryPath = pointer('contracts', category, name);
  const extendedPath = pointer(extendedPrefix + name);
  const placeOf = (field: string): string => (homeOf(field) === 'entry' ? entryPath : extendedPath) + pointer(field);
  const fields = new Map<string, Field>();
  for (const claim of claims) {
    noteCategory(claim, category, entryPath, log);
    if (claim.record.from !== entryPath && !claim.record.listed) {
      log.folded.push({ rule: 'moved', file: claim.older.file, path: claim.record.from, to: entryPath });
    }
    const isSame = claim === claims[0] || isSameContract(addressesOf(fields), addressesOf(asMap(claim)));
    for (const field of claim.record.fields) {
      addField(fields, { ...field, older: claim.older }, { isSame, isOwn: claim === claims[0], placeOf, claim }, log);
    }
  }
  const first = { older, from: record.from };
  origins.set(entryPath, first);
  origins.set(extendedPath, first);
  for (const [field, stated] of fields) origins.set(placeOf(field), stated);
  return { name, category, fields: new Map([...fields].map(([field, { value }]) => [field, value])), first };
}

function noteCategory({ older, record }: Claim, category: string, entryPath: string, log: OlderLog): void {
  if (record.category === null || record.category === category) return;
  const [path, kept, other] = [record.from, category, record.category];
  log.ambiguous.push({ rule: 'record-category', file: older.file, path, kept, other });
}

function addField(
  fields: Map<string, Field>,
  said: Field,
  { isSame, isOwn, placeOf, claim }: AddContext,
  log: OlderLog,
): void {
  const { field, value, from, older } = said;
  const rule = unknownFieldRule(field, value);
  const { file } = older;
  if (rule !== null) {
    log.folded.push({ rule, file, path: from, value });
    return;
  }
  const there = fields.get(field) ?? (isOwn ? undefined : sameAddress(fields, field, value));
  if (claim.record.listed && there?.field === 'address' && !fields.has('proxy') && !fields.has('implementation')) {
    // One file has an address of unknown kind, and the list, which holds proxies only, says of which kind it is.
    fields.delete('address');
    fields.set(field, said);
    log.folded.push({ rule: 'moved', file, path: from, to: placeOf(field) });
    log.folded.push({ rule: 'said-twice', file: there.older.file, path: there.from, to: placeOf(field) });
    return;
  }
  const to = there === undefined ? placeOf(field) : placeOf(there.field);
  if (there === undefined && isSame) {
    fields.set(field, said);
    const isInEntry = from === claim.record.from || from.startsWith(`${claim.record.from}/`);
    if (!isInEntry || claim.record.listed) log.folded.push({ rule: 'moved', file, path: from, to });
  } else if (there !== undefined && equalJson(inFileCase(field, value), inFileCase(there.field, there.value))) {
    log.folded.push({ rule: 'said-twice', file, path: from, to });
  } else noteOther(log, older, 'files-differ', from, there?.value ?? null);
}

type AddContext = {
  readonly isSame: boolean;
  readonly isOwn: boolean;
  readonly placeOf: (field: string) => string;
  readonly claim: Claim;
};

const addressFields = ['proxy', 'proxyAddress', 'implementation', 'address'];

/** An address alone may be the proxy's, and a proxy alone the address of what another file takes for a plain contract. */
function sameAddress(fields: ReadonlyMap<string, Field>, field: string, value: Json): Field | undefined {
  if (!addressFields.includes(field)) return undefined;
  return addressFields
    .flatMap((other) => fields.get(other) ?? [])
    .find((other) => equalJson(inFileCase('proxy', other.value), inFileCase('proxy', value)));
}

function asMap({ record, older }: Claim): ReadonlyMap<string, Field> {
  return new Map(record.fields.map((field) => [field.field, { ...field, older }]));
}

/** The records as `contracts` and `extended_<name>` of a root. */
export function placedRoot(records: readonly JoinedRecord[]): JsonObject {
  const contracts = new Map<string, [string, JsonObject][]>([['core', []]]);
  const extended: [string, Json][] = [];
  for (const { name, category, fields } of records) {
    const own = [...fields];
    const entry = own.filter(([field]) => homeOf(field) === 'entry');
    contracts.set(category, [...(contracts.get(category) ?? []), [name, Object.fromEntries(entry)]]);
    extended.push([extendedPrefix + name, Object.fromEntries(own.filter(([field]) => homeOf(field) !== 'entry'))]);
  }
  const byCategory = [...contracts].map(([category, names]): [string, Json] => [category, Object.fromEntries(names)]);
  return { contracts: Object.fromEntries(byCategory), ...Object.fromEntries(extended) };
}
