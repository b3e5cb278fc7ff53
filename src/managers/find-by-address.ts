import type { ContractType } from '../core/model/contract-type.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';

/**
 * The contract whose proxy or implementation an address is, without case. Throws ADDRESS_AMBIGUOUS where several have it, in
 * the same role: whose proxy it is goes before whose implementation.
 */
export function findByAddress(contracts: readonly ContractType[], address: string): ContractType | null {
  const wanted = address.toLowerCase();
  const proxies = contracts.filter(({ proxyAddress }) => lowerCase(proxyAddress) === wanted);
  const found = proxies.length > 0 ? proxies : contracts.filter((each) => lowerCase(each.address) === wanted);
  if (found.length > 1) {
    const names = found.map(({ contractName }) => contractName);
    throw new StateManagerError('ADDRESS_AMBIGUOUS', `${address} is of ${names.map(shown).join(' and ')}`, {
      hint: 'ask by chain id and name',
      details: { address, names },
    });
  }
  return found[0] ?? null;
}

/** Null for what is no text: a store may hold a field of any type. */
export function lowerCase(value: unknown): string | null {
  return typeof value === 'string' ? value.toLowerCase() : null;
}
