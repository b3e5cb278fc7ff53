import { isObject, type Json, type JsonObject } from '../../core/json.js';
import { sectionChecksum } from '../../core/model/checksum.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { recased } from '../../core/values/address.js';
import { tagBigints } from '../../core/values/bigint.js';
import { lowerHash } from '../../core/values/hash.js';
import { StateManagerError } from '../../errors.js';

const nullIsUnknown = new Set([
  'address',
  'proxyAddress',
  'factoryByteCodeHash',
  'implementationHash',
  'deploymentArgs',
  'timestamp',
]);

/**
 * The checksum of a contract wherever it is stored: as FORMAT §7 has it for a value of a chain, over what a store may not
 * change. Left out is what FORMAT §8 lets one change: `networkName`, the case of addresses and hashes, null or "" for
 * unknown, and an `address` that is the proxy again. `checksum` and `field`, which hold checksums, do not enter it.
 * Throws BAD_INPUT for what is no plain data.
 */
export function contractChecksum(contract: ContractType, field = 'checksum'): string {
  const tagged = tagBigints(contract);
  if (!isObject(tagged)) throw new StateManagerError('BAD_INPUT', 'A contract must be an object');
  const outside = new Set(['chainId', 'contractName', 'networkName', 'checksum', field]);
  const members = Object.entries(tagged)
    .filter(([key, value]) => !outside.has(key) && !isUnknown(key, value))
    .map(([key, value]): [string, Json] => [key, inOneCase(key, value)]);
  const { chainId, contractName } = contract;
  return sectionChecksum({ network: null, chainId, section: contractName, value: withoutTwice(members) });
}

function isUnknown(key: string, value: Json): boolean {
  return nullIsUnknown.has(key) && (value === null || value === '');
}

function inOneCase(key: string, value: Json): Json {
  if (typeof value !== 'string') return value;
  if (key === 'address' || key === 'proxyAddress') return recased(value);
  if (key === 'factoryByteCodeHash' || key === 'implementationHash') return lowerHash(value);
  return value;
}

function withoutTwice(members: readonly (readonly [string, Json])[]): JsonObject {
  const { address, ...others } = Object.fromEntries(members);
  return address === undefined || address === others['proxyAddress'] ? others : { ...others, address };
}
