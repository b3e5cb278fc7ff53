import { type Json, type JsonObject, member } from '../json.js';
import { recordNameProblem } from '../model/names.js';
import { shown } from '../shown.js';
import { fromContractInfo } from './contract-info.js';
import type { LegacyEntry } from './entry.js';
import { keyText } from './key-text.js';
import { kindOf } from './kind-of.js';
import type { LegacyRecord, LegacyReject } from './legacy-record.js';
import { type LegacyKey, parseKey } from './parse-key.js';
import { readContract } from './read-contract.js';
import { readStoredValue } from './stored-value.js';

/** One entry as a record, or why it cannot be one. Key and value must not contradict each other: neither is believed then. */
export function readEntry(entry: LegacyEntry): LegacyRecord | LegacyReject {
  const key = keyText(entry.key);
  const parsed = parseKey(key);
  const read = readStoredValue(entry.value);
  const value = read.value;
  const raw = entry.value;
  if ('reason' in parsed) return { key, raw, value, ...parsed };
  const chainId = parsed.form === 'chain' ? parsed.chainId : null;
  if ('reason' in read) return { key, raw, value, reason: read.reason, chainId };
  const contract = contractOf(parsed, read.value);
  if ('reason' in contract) return { key, raw, value, reason: contract.reason, chainId };
  return { key, raw, value, ...contract };
}

export function isReject(read: LegacyRecord | LegacyReject): read is LegacyReject {
  return 'reason' in read;
}

type Contract = Omit<LegacyRecord, 'key' | 'raw' | 'value'>;

function contractOf(key: LegacyKey, value: JsonObject): Contract | { readonly reason: string } {
  const isInfo = key.form === 'network' && !Object.hasOwn(value, 'contractName');
  const typed = isInfo ? fromContractInfo(value, key.address) : { contract: value };
  if ('reason' in typed) return typed;
  const place = placeOf(key, typed.contract);
  if ('reason' in place) return place;
  const read = readContract(typed.contract);
  return 'reason' in read ? read : { ...place, fields: read.fields };
}

function placeOf(key: LegacyKey, value: JsonObject): Omit<Contract, 'fields'> | { readonly reason: string } {
  const contractName = nameOf(key, member(value, 'contractName'));
  if (typeof contractName !== 'string') return contractName;
  const problem = recordNameProblem(contractName);
  if (problem !== null) return { reason: `${shown(contractName)} cannot name a record: ${problem}` };
  const chainId = chainIdOf(key, member(value, 'chainId'));
  if (chainId !== null && typeof chainId !== 'number') return chainId;
  const networkName = member(value, 'networkName') ?? '';
  if (typeof networkName !== 'string') return { reason: `networkName is ${kindOf(networkName)}, not text` };
  const network = key.form === 'network' ? key.network : null;
  return { contractName, chainId, network, spelling: networkName === '' ? network : networkName };
}

function nameOf(key: LegacyKey, said: Json | undefined): string | { readonly reason: string } {
  const name = said ?? (key.form === 'chain' ? key.contractName : null);
  if (typeof name !== 'string') {
    return {
      reason:
        said === undefined || said === null ? 'the record has no name' : `contractName is ${kindOf(said)}, not text`,
    };
  }
  if (key.form === 'network' || name === key.contractName) return name;
  return { reason: `contractName is ${shown(name)}, but the key says ${shown(key.contractName)}` };
}

function chainIdOf(key: LegacyKey, said: Json | undefined): number | null | { readonly reason: string } {
  const known = key.form === 'chain' ? key.chainId : null;
  if (said === undefined || said === null) return known;
  if (typeof said !== 'number') return { reason: `chainId is ${kindOf(said)}, not a number` };
  if (!Number.isSafeInteger(said) || said < 1) return { reason: `chainId ${said} is no chain id` };
  return known === null || said === known ? said : { reason: `chainId is ${said}, but the key says ${known}` };
}
