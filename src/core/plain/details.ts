import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { knownFields } from '../model/fields.js';

/**
 * Where a plain file keeps what its form has no member for: at the root of v1, in the entry of v2. Old readers pass over it.
 * `{address, fields}`: fields as ContractType has them, null for one that the form shows and the contract has not;
 * `address` is the implementation they were written for.
 */
export const detailsMember = 'contractDetails';

/** What has to be kept so that `base` becomes `contract` again; null when `base` says it all. */
export function detailsFor(contract: JsonObject, base: JsonObject): JsonObject | null {
  const names = [...new Set([...Object.keys(base), ...Object.keys(contract)])];
  // A time of its own that happens to be the one of the file is still its own.
  const isOwnTime = hasValue(contract, 'timestamp') && !hasValue(contract, derivedMark) && hasValue(base, derivedMark);
  const fields = names.flatMap((name): [string, Json][] => {
    // Both are where the contract stands.
    if (name === 'contractName' || name === 'chainId') return [];
    if (name === derivedMark && !hasValue(contract, name)) return [];
    const wanted = hasValue(contract, name) ? member(contract, name) : undefined;
    const there = member(base, name);
    return equalJson(wanted, there) && !(name === 'timestamp' && isOwnTime) ? [] : [[name, wanted ?? null]];
  });
  return fields.length === 0 ? null : { address: codeAddress(base), fields: Object.fromEntries(fields) };
}

/**
 * `base` with its details. Details of another implementation were not there when an old script wrote this one: what they
 * say of the code would be of the code before.
 */
export function withDetails(base: JsonObject, details: Json | undefined): JsonObject {
  const fields = isObject(details) ? member(details, 'fields') : undefined;
  if (!isObject(fields)) return base;
  const stale = isStale(base, details);
  const said = Object.entries(fields).filter(([name]) => !stale || !isOfTheCode(name));
  const removed = new Set(said.filter(([name, value]) => value === null && isIn(base, name)).map(([name]) => name));
  const hidden = said.some(([name]) => name === 'timestamp') ? derivedMark : null;
  const kept = Object.entries(base).filter(([name]) => !removed.has(name) && name !== hidden);
  return Object.fromEntries([...kept, ...said.filter(([name]) => !removed.has(name))]);
}

/** Whether details were written for another implementation than the one that stands there now. */
export function isStale(base: JsonObject, details: Json | undefined): boolean {
  const address = isObject(details) ? member(details, 'address') : undefined;
  return typeof address === 'string' && address.toLowerCase() !== codeAddress(base).toLowerCase();
}

/** Says that `timestamp` is that of the file, for which of its members: the contract has none of its own. */
export const derivedMark = 'timestampDerivedFrom';

function codeAddress(contract: JsonObject): string {
  const address = member(contract, 'address');
  return typeof address === 'string' ? address : '';
}

/** Null in a field that has a meaning says that it is unknown, as absence does. */
function hasValue(contract: JsonObject, name: string): boolean {
  const value = member(contract, name);
  return value !== undefined && !(value === null && (knownFields.has(name) || viewFields.has(name)));
}

const viewFields: ReadonlySet<string> = new Set(['address', 'proxyAddress', 'networkName', derivedMark]);

function isOfTheCode(name: string): boolean {
  return knownFields.get(name)?.mergeClass === 'code' || name === 'address' || name === 'proxyAddress';
}

function isIn(object: JsonObject, name: string): boolean {
  return Object.hasOwn(object, name);
}
