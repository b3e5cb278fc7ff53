import type { ContractType } from '../../core/model/contract-type.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { requireAddress } from '../contract-info.js';
import type { Scope } from '../contract-store.js';
import { findByAddress } from '../find-by-address.js';
import type { UnifiedChange } from '../unified/apply-changes.js';
import type { NewContractEvent } from './contract-event.js';

/** What an event says of the place of its contract; the rest is the caller's to know. */
export function chainOfEvent({ data }: NewContractEvent): number | undefined {
  const chainId = read(data, 'chainId') ?? read(read(data, 'contract'), 'chainId');
  return typeof chainId === 'number' ? chainId : undefined;
}

/**
 * A whole contract, and a deployment, is a put; fields of an upgrade or a configuration are an update of the contract that
 * is there; a removal is a delete. `there` are the contracts of the scope. Throws BAD_INPUT for an event that names no
 * contract, or one that the address is not of.
 */
export function changeOfEvent(event: NewContractEvent, scope: Scope, there: readonly ContractType[]): UnifiedChange {
  requireAddress(event.contractAddress);
  const contractName = nameOfEvent(event, there);
  const known = there.find((contract) => contract.contractName === contractName);
  if (event.type === 'removed') {
    if (known !== undefined) refuseOtherAddress(event, contractName, known);
    return { kind: 'delete', scope, contractName };
  }
  const whole = read(event.data, 'contract');
  const fields: object = isObject(whole) ? whole : isObject(event.data) ? event.data : {};
  const kind = isObject(whole) || event.type === 'deployed' ? 'put' : 'update';
  const category = read(event.data, 'category');
  const contract: ContractType = {
    ...(event.type === 'configured' || fields === whole ? {} : { timestamp: event.timestamp.getTime() }),
    ...(kind === 'put' && !hasAddress(fields) ? { address: event.contractAddress } : {}),
    ...fields,
    ...(typeof category === 'string' ? { category } : {}),
    ...(event.checksum === undefined || event.checksum === '' ? {} : { checksum: event.checksum }),
    contractName,
    chainId: scope.chainId,
  };
  refuseOtherAddress(
    event,
    contractName,
    kind === 'update' && known !== undefined ? { ...known, ...contract } : contract,
  );
  return { kind, scope, contract };
}

function nameOfEvent({ data, contractAddress }: NewContractEvent, there: readonly ContractType[]): string {
  const said = read(read(data, 'contract'), 'contractName') ?? read(data, 'contractName');
  if (typeof said === 'string') return said;
  const found = findByAddress(there, contractAddress);
  if (found !== null) return found.contractName;
  throw new StateManagerError('BAD_INPUT', `The event names no contract, and nobody has ${contractAddress} here`, {
    hint: 'add contractName to its data',
    details: { contractAddress },
  });
}

/** An address in the event that the record would not have would be lost without a word. */
function refuseOtherAddress(event: NewContractEvent, name: string, contract: ContractType): void {
  const addresses = [contract.proxyAddress, contract.address].map((address) => address?.toLowerCase());
  if (addresses.includes(event.contractAddress.toLowerCase())) return;
  throw new StateManagerError('BAD_INPUT', `The event is of ${event.contractAddress}, which ${shown(name)} has not`, {
    hint: 'correct contractAddress, or the addresses in data',
    details: { contractAddress: event.contractAddress, contractName: name },
  });
}

function hasAddress(fields: object): boolean {
  return ['address', 'proxyAddress', 'proxy', 'implementation'].some((field) => read(fields, field) !== undefined);
}

function read(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
