import { isObject, member } from '../core/json.js';
import { fromContractInfo as readInfo, toContractInfo as writeInfo } from '../core/legacy/contract-info.js';
import type { ContractType } from '../core/model/contract-type.js';
import { shown } from '../core/shown.js';
import { isAddressText } from '../core/values/address-text.js';
import { tagBigints, untagBigints } from '../core/values/bigint.js';
import { StateManagerError } from '../errors.js';
import type { Scope } from './contract-store.js';
import type { ContractInfo } from './istate-manager.js';

/** The view of document 000: under the proxy, or the contract's own address. */
export function contractInfoOf(contract: ContractType): ContractInfo {
  const address = contract.proxyAddress ?? contract.address ?? '';
  const tagged = tagBigints(contract);
  const info = untagBigints(writeInfo(isObject(tagged) ? tagged : {}, address)) as ContractInfo;
  const deployedAt: unknown = info.deployedAt;
  return typeof deployedAt === 'string' && /^\d+$/.test(deployedAt)
    ? { ...info, deployedAt: BigInt(deployedAt) }
    : info;
}

/** The way back. Throws BAD_INPUT naming what of `info` contradicts the address it is put under, or is no such thing. */
export function contractTypeOf(address: string, info: ContractInfo, { chainId, network }: Scope): ContractType {
  requireAddress(address);
  const input = tagBigints(info);
  if (!isObject(input) || typeof member(input, 'name') !== 'string') throw refused(address, 'it has no name');
  const deployedAt = info.deployedAt;
  const written = typeof deployedAt === 'bigint' ? { ...input, deployedAt: String(deployedAt) } : input;
  const read = readInfo(written, address);
  if ('reason' in read) throw refused(address, read.reason);
  const contract = untagBigints(read.contract) as ContractType;
  return { ...contract, chainId, ...(network === undefined ? {} : { networkName: network }) };
}

/** For what plain JavaScript may pass under a chain id. Throws BAD_INPUT. */
export function requireContract(contract: unknown, chainId: number): void {
  if (isObject(contract) && typeof member(contract, 'contractName') === 'string') return;
  throw new StateManagerError('BAD_INPUT', `What is to be put on chain ${chainId} is no contract with a contractName`, {
    hint: 'pass { contractName, address, … } after the chain id',
    details: { chainId },
  });
}

/** Throws BAD_INPUT. */
export function requireAddress(address: string): void {
  if (isAddressText(address)) return;
  throw new StateManagerError('BAD_INPUT', `${shown(address)} is no address`, {
    hint: 'pass 0x and 40 hexadecimal digits, or a chain id and a contract name',
  });
}

function refused(address: string, reason: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `What is to be put under ${address} was refused: ${reason}`, {
    hint: 'put it under its proxy or its implementation, with a name',
    details: { address },
  });
}
