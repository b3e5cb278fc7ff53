import type { ContractType } from '../model/contract-type.js';

/** What a contract is called across chains: `<chainId>-<contractName>`, the key of the old store. */
export function contractKey({ chainId, contractName }: Pick<ContractType, 'chainId' | 'contractName'>): string {
  return `${chainId}-${contractName}`;
}
