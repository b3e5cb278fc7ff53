import type { ContractType } from '../core/model/contract-type.js';
import type { StoreChange } from './contract-store.js';

/** What a contract is called across chains: `<chainId>-<contractName>`, the key of the old store. */
export function contractKey({ chainId, contractName }: Pick<ContractType, 'chainId' | 'contractName'>): string {
  return `${chainId}-${contractName}`;
}

/** The key that a change writes. */
export function changeKey(change: StoreChange): string {
  const contractName = change.kind === 'put' ? change.contract.contractName : change.contractName;
  return contractKey({ chainId: change.scope.chainId, contractName });
}
