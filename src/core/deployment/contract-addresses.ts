import { StateManagerError } from '../../errors.js';
import { isZeroAddress } from '../consistency/state/zero-address.js';
import type { ContractType } from '../model/contract-type.js';
import { shown } from '../shown.js';
import { isAddressText } from '../values/address-text.js';

type ContractAddresses = { readonly proxyAddress: string; readonly implementationAddress?: string };

/**
 * Where the proxy of a contract stands, and its code as far as that is known. Not every store guards what it was given.
 * Throws RECORD_INVALID for a record that names no proxy, or something that is none.
 */
export function contractAddresses({ contractName, address, proxyAddress }: ContractType): ContractAddresses {
  const proxy = addressIn(contractName, 'proxyAddress', proxyAddress);
  const implementation = addressIn(contractName, 'address', address);
  if (proxy === null) {
    throw refused(
      `${shown(contractName)} is recorded without a proxy, so there is nothing to upgrade`,
      'put its proxyAddress into the record; or give the proxy that you want to deploy a name of its own',
      { address: implementation },
    );
  }
  const isKnown = implementation !== null && implementation.toLowerCase() !== proxy.toLowerCase();
  return isKnown ? { proxyAddress: proxy, implementationAddress: implementation } : { proxyAddress: proxy };
}

function addressIn(contractName: string, field: string, value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' && isAddressText(value) && !isZeroAddress(value)) return value;
  const said = typeof value === 'string' ? shown(value) : typeof value;
  throw refused(`${field} of ${shown(contractName)} is ${said}, which is no address`, 'correct the record first', {
    [field]: value,
  });
}

function refused(message: string, hint: string, details: Readonly<Record<string, unknown>>): StateManagerError {
  return new StateManagerError('RECORD_INVALID', message, { hint, details });
}
