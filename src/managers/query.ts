import type { ContractType } from '../core/model/contract-type.js';
import { lowerCase } from './find-by-address.js';
import type { ContractFilter, QueryOptions } from './istate-manager.js';

/** @see QueryOptions */
export function selectContracts(contracts: readonly ContractType[], options: QueryOptions): ContractType[] {
  const { fromTimestamp = 0, toTimestamp = Number.POSITIVE_INFINITY, offset = 0, limit } = options;
  const isWithin = ({ timestamp }: ContractType) =>
    (options.fromTimestamp === undefined && options.toTimestamp === undefined) ||
    (typeof timestamp === 'number' && timestamp >= fromTimestamp && timestamp <= toTimestamp);
  const found = contracts.filter(
    (contract) =>
      isUnset(options.contractName, contract.contractName) &&
      isUnset(options.networkName, contract.networkName) &&
      isUnset(options.address?.toLowerCase(), lowerCase(contract.address)) &&
      isUnset(options.proxyAddress?.toLowerCase(), lowerCase(contract.proxyAddress)) &&
      isWithin(contract),
  );
  return found.slice(offset, limit === undefined ? undefined : offset + limit);
}

/** @see ContractFilter */
export function matchesFilter(value: object, filter: ContractFilter): boolean {
  return Object.entries(filter).every(([key, wanted]) => {
    const actual: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    if (wanted === undefined) return true;
    if (typeof wanted === 'object' && wanted !== null) {
      return typeof actual === 'object' && actual !== null && matchesFilter(actual, wanted as ContractFilter);
    }
    if (isHex(wanted) && isHex(actual)) return wanted.toLowerCase() === actual.toLowerCase();
    return Object.is(actual, wanted);
  });
}

function isUnset(wanted: string | undefined, actual: string | null | undefined): boolean {
  return wanted === undefined || wanted === actual;
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^0x[0-9a-fA-F]+$/.test(value);
}
