import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { sourceContractName } from '../model/lookup.js';
import { shortName } from '../model/names.js';
import { extendedPrefix } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import type { Claim } from './group-records.js';
import type { JoinedRecord } from './join-record.js';
import type { Told } from './layer.js';
import { fieldPath, noteOther } from './note-other.js';
import { baseName, originIn, originJson } from './origin.js';

/** `source` and `aliases` as fields, and where each alias is from. */
export type JoinedNames = {
  readonly fields: JsonObject;
  readonly aliases: readonly { readonly claim: Claim; readonly at: string }[];
};

/**
 * `source` and `aliases` of a contract: the source that speaks for it, under `fields` where each value is from that it does not say,
 * and every name that any layer has for it. `names`: of all contracts of the network.
 */
export function joinedNames(
  record: JoinedRecord,
  {
    names,
    told,
    transactions,
  }: { readonly names: ReadonlySet<string>; readonly told: Told; readonly transactions: JsonObject },
): JoinedNames {
  const { name, claims } = record;
  const [first, ...others] = claims;
  const own = withoutName(ownSource(first), name);
  const source = new Map(Object.entries(own));
  for (const claim of others) joinNetworkName(source, claim, told);
  const fields = fieldOrigins(record, own);
  if (fields.length > 0) source.set('fields', Object.fromEntries(fields));
  if (Object.keys(transactions).length > 0) source.set('transactions', transactions);
  for (const claim of others) noteSource(claim, own, told);
  const said = member(own, 'contractName');
  const calls = new Map(
    claims.toReversed().flatMap((claim) => callsOf(claim).map(({ call, ...one }) => [call, { claim, ...one }])),
  );
  for (const [call, { claim, at, isCut }] of calls) {
    if (call !== name && names.has(call) && !isCut) noteOther(told, claim.layer, 'alias-clash', at, name, call);
  }
  const aliases = [...calls.keys()].filter((call) => call !== name && call !== said && !names.has(call)).sort();
  return {
    fields: { source: Object.fromEntries(source), ...(aliases.length === 0 ? {} : { aliases }) },
    aliases: aliases.flatMap((alias) => calls.get(alias) ?? []),
  };
}

/** Every name that a claim has for the contract, and the pointer to it in its layer. */
function callsOf({ record: { category, name, fields } }: Claim): {
  readonly call: string;
  readonly at: string;
  /** Not said by the source: cut from a longer name. */
  readonly isCut: boolean;
}[] {
  const key = extendedPrefix + name;
  const called = sourceContractName(fields);
  const aliases = member(fields, 'aliases');
  return [
    { call: name, at: pointer('contracts', category, name), isCut: called !== undefined && shortName(called) === name },
    ...(called === undefined ? [] : [{ call: called, at: pointer(key, 'source', 'contractName'), isCut: false }]),
    ...(Array.isArray(aliases) ? (aliases as readonly Json[]) : []).flatMap((call, at) =>
      typeof call === 'string' ? [{ call, at: pointer(key, 'aliases', at), isCut: false }] : [],
    ),
  ];
}

function ownSource({ layer, record }: Claim): JsonObject {
  const said = sourceOf(record.fields);
  if (layer.kind !== 'unified' || member(said, 'kind') !== undefined) return said;
  const { file = '', path } = layer.place(pointer('contracts', record.category, record.name));
  return { kind: 'unified', file: baseName(file), key: path, ...said };
}

function sourceOf(fields: JsonObject): JsonObject {
  const source = member(fields, 'source');
  return isObject(source) ? source : {};
}

/** A fully-qualified name that stands as the record's own is no other name of it. */
function withoutName(source: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(source).filter(([key, value]) => key !== 'contractName' || value !== name));
}

function joinNetworkName(source: Map<string, Json>, { layer, record }: Claim, told: Told): void {
  const said = member(sourceOf(record.fields), 'networkName');
  const there = source.get('networkName');
  if (said === undefined || layer.sourced.has(record.name) || equalJson(said, there)) return;
  if (there === undefined) source.set('networkName', said);
  else noteOther(told, layer, 'network-spelling', pointer(extendedPrefix + record.name, 'networkName'), there, said);
}

function fieldOrigins({ fields, claims: [first] }: JoinedRecord, own: JsonObject): [string, Json][] {
  return [...fields].flatMap(([field, { from, origin }]): [string, Json][] => {
    if (origin !== undefined) return [[field, originJson(origin)]];
    if (from === null) return [];
    const place = originIn(from.layer, fieldPath(from.record, field));
    return from === first && isMain(place, own) ? [] : [[field, originJson(place)]];
  });
}

/** Whether a value stands in the entry that `source` names; a database has no other place for it. */
function isMain({ kind, file, path }: ReturnType<typeof originIn>, own: JsonObject): boolean {
  const key = member(own, 'key');
  if (kind !== 'json' || typeof key !== 'string') return true;
  return file === member(own, 'file') && (path === key || path.startsWith(`${key}/`));
}

function noteSource({ layer, record }: Claim, kept: JsonObject, told: Told): void {
  if (!layer.sourced.has(record.name)) return;
  const other = sourceOf(record.fields);
  if (equalJson(other, kept)) return;
  noteOther(told, layer, 'files-differ', pointer(extendedPrefix + record.name, 'source'), kept, other);
}
