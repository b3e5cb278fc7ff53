import type { Json, JsonObject } from '../json.js';
import { recased } from '../values/address.js';
import { hashProblem, lowerHash } from '../values/hash.js';
import { addressReason } from './address-reason.js';
import { shown } from '../shown.js';
import { kindOf } from './kind-of.js';
import { readTime } from './read-time.js';

/** The fields of one ContractType value that describe the contract itself; what names it is judged by `readEntry`. */
export type LegacyContract = { readonly fields: JsonObject } | { readonly reason: string };

const addressFields: ReadonlySet<string> = new Set(['address', 'proxyAddress']);
const hashFields: ReadonlySet<string> = new Set(['factoryByteCodeHash', 'implementationHash']);
const cleaned: ReadonlySet<string> = new Set([...addressFields, ...hashFields, 'deploymentArgs', 'timestamp']);
/** A network file has 64 levels (FORMAT §2), and a record's fields begin one deeper there than in a value of their own. */
const deepest = 63;
const placeFields: ReadonlySet<string> = new Set(['contractName', 'chainId', 'networkName']);

/**
 * Checks and normalises the value of a ContractType: null and `""` of known fields are absent, addresses of one case
 * get EIP-55 form, hashes lower case, times milliseconds (FORMAT §8, §10). Unknown fields stay as they are.
 */
export function readContract(value: JsonObject): LegacyContract {
  const fields = new Map<string, Json>();
  for (const [name, given] of Object.entries(value)) {
    if (placeFields.has(name)) continue;
    const read = readField(name, given);
    if ('reason' in read) return read;
    if (read.value !== undefined) fields.set(name, read.value);
  }
  if (depthOf(value) > deepest) return { reason: `the value is nested more than ${deepest} levels deep` };
  return withTime(fields);
}

function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce((most: number, item: Json) => Math.max(most, depthOf(item)), 0);
}

/** Last, because a time in nanoseconds or ISO form makes two fields of one (FORMAT §10.7). */
function withTime(fields: Map<string, Json>): LegacyContract {
  const given = fields.get('timestamp');
  if (given === undefined) return { fields: Object.fromEntries(fields) };
  const time = readTime('timestamp', given);
  if ('reason' in time) return time;
  const written = fields.get('deployedAt');
  if (time.deployedAt !== undefined && written !== undefined && written !== time.deployedAt) {
    return { reason: 'timestamp and deployedAt are two different texts, and the record has room for one' };
  }
  return { fields: Object.fromEntries([...fields, ...Object.entries(time)]) };
}

type Read = { readonly value: Json | undefined } | { readonly reason: string };

function readField(name: string, given: Json): Read {
  if (!cleaned.has(name)) return { value: given };
  if (given === null || (given === '' && name !== 'deploymentArgs')) return { value: undefined };
  if (addressFields.has(name)) return readAddress(name, given);
  if (hashFields.has(name)) return readHash(name, given);
  if (name === 'deploymentArgs' && !Array.isArray(given)) return { reason: `${name} is ${kindOf(given)}, not a list` };
  return { value: given };
}

function readAddress(name: string, given: Json): Read {
  const reason = addressReason(name, given);
  if (reason !== null || typeof given !== 'string') return { reason: reason ?? `${name} is ${kindOf(given)}` };
  return { value: recased(given) };
}

function readHash(name: string, given: Json): Read {
  if (typeof given !== 'string') return { reason: `${name} is ${kindOf(given)}, not a hash` };
  if (hashProblem(given) === 'hash-format') return { reason: `${name} ${shown(given)} is not a hash of 64 digits` };
  return { value: lowerHash(given) };
}
