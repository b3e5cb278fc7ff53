import { equalJson } from '../equal.js';
import { type Json, type JsonObject, isObject } from '../json.js';
import type { ContractType } from '../model/contract-type.js';
import { tagBigints } from '../values/bigint.js';

const hexFields: ReadonlySet<string> = new Set([
  'address',
  'proxyAddress',
  'factoryByteCodeHash',
  'implementationHash',
]);

/**
 * A contract as two backends can be compared by it: what each writes in its own way counts as one. Addresses and hashes
 * lower-case; unknown as null, `''` or absent is absent (FORMAT §8); no checksum, which seals one network file's record.
 */
export function comparable(contract: ContractType): JsonObject {
  const tagged = tagBigints(contract);
  const members = Object.entries(isObject(tagged) ? tagged : {}).filter(
    ([field, value]) => field !== 'checksum' && value !== null && !(hexFields.has(field) && value === ''),
  );
  return Object.fromEntries(members.map(([field, value]) => [field, lowered(field, value)]));
}

export function sameContract(a: ContractType | null, b: ContractType | null): boolean {
  if (a === null || b === null) return a === b;
  return equalJson(comparable(a), comparable(b));
}

/** To be put into another backend: a checksum says nothing there, and would be one of other fields. */
export function withoutSeal(contract: ContractType): ContractType {
  return Object.fromEntries(Object.entries(contract).filter(([field]) => field !== 'checksum')) as ContractType;
}

function lowered(field: string, value: Json): Json {
  return hexFields.has(field) && typeof value === 'string' ? value.toLowerCase() : value;
}
