import { addressesIn, isAtSameAddress, isSameContract } from '../legacy/json/same-contract.js';
import { otherNames, sourceContractName } from '../model/lookup.js';
import { shortName } from '../model/names.js';
import { recordsOf } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import type { Layer } from './layer.js';

/** What one layer says of a contract. */
export type Claim = { readonly layer: Layer; readonly record: StateRecord };

/** One contract, and the claims of all layers about it, in the order of the layers. */
export type Contract = { name: string; readonly claims: [Claim, ...Claim[]] };

/**
 * Which records of the layers are one contract: those of one name; those that answer to each other's names; and a
 * fully-qualified name with the record of its short name at the same address (FORMAT §10.8). Two contracts that only share the
 * short name keep apart: the one whose own name is longer gets that back.
 */
export function groupRecords(layers: readonly Layer[]): Contract[] {
  const known: Known = { byName: new Map(), byCall: new Map(), byShort: new Map() };
  for (const layer of layers) {
    for (const record of recordsOf(layer.file)) {
      const claim = { layer, record };
      const contract = contractOf(claim, known);
      if (!contract.claims.includes(claim)) contract.claims.push(claim);
      for (const call of [record.name, ...otherNames(record)]) {
        if (!known.byCall.has(call)) known.byCall.set(call, contract);
        const short = known.byShort.get(shortName(call)) ?? new Set();
        known.byShort.set(shortName(call), short.add(contract));
      }
    }
  }
  return [...known.byName.values()];
}

type Known = {
  readonly byName: Map<string, Contract>;
  readonly byCall: Map<string, Contract>;
  readonly byShort: Map<string, Set<Contract>>;
};

function contractOf(claim: Claim, { byName, byCall, byShort }: Known): Contract {
  const { record } = claim;
  const found = byName.get(record.name);
  if (found !== undefined && !makesWay(found, record, byName)) {
    const keepsApart = isOther(found, record) && isShortened(record) && isFree(record, byName);
    return keepsApart ? add(sourceContractName(record.fields) ?? record.name, claim, byName) : found;
  }
  const named = [record.name, ...otherNames(record)].flatMap((call) => byCall.get(call) ?? []);
  const short = [...(byShort.get(shortName(record.name)) ?? [])];
  return (
    named.find((contract) => !isApart(contract, record)) ??
    short.find(({ claims: [first] }) => isAtSameAddress(first.record.fields, record.fields)) ??
    add(record.name, claim, byName)
  );
}

function add(name: string, claim: Claim, byName: Map<string, Contract>): Contract {
  const contract: Contract = { name, claims: [claim] };
  byName.set(name, contract);
  return contract;
}

/** The contract of a shortened name gets its own back when another one has the short name for its own. */
function makesWay(found: Contract, record: StateRecord, byName: Map<string, Contract>): boolean {
  const [{ record: first }] = found.claims;
  if (!isShortened(first) || isShortened(record) || !isOther(found, record) || !isFree(first, byName)) return false;
  const own = sourceContractName(first.fields) ?? found.name;
  byName.delete(found.name);
  found.name = own;
  byName.set(own, found);
  return true;
}

/** Whether a fully-qualified name of the source was cut to its short one. */
function isShortened({ name, fields }: StateRecord): boolean {
  const called = sourceContractName(fields);
  return called !== undefined && called !== name && shortName(called) === name;
}

function isFree({ fields }: StateRecord, byName: ReadonlyMap<string, Contract>): boolean {
  return !byName.has(sourceContractName(fields) ?? '');
}

/** Another contract that is only called alike: it is elsewhere, and none of its longer names is the same. */
function isOther(contract: Contract, record: StateRecord): boolean {
  const calls = new Set(contract.claims.flatMap((claim) => longNames(claim.record)));
  return isApart(contract, record) && !longNames(record).some((call) => calls.has(call));
}

function longNames(record: StateRecord): string[] {
  return [record.name, ...otherNames(record)].filter((call) => shortName(call) !== call);
}

/** Two proxies, or two plain contracts at two addresses. */
function isApart({ claims: [{ record: first }] }: Contract, { fields }: StateRecord): boolean {
  const [one, other] = [addressesIn(first.fields), addressesIn(fields)];
  if (one.proxy !== undefined && other.proxy !== undefined) return one.proxy !== other.proxy;
  return !isSameContract(one, other);
}
