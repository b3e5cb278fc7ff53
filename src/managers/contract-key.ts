import { contractKey } from '../core/compare/contract-key.js';
import type { StoreChange } from './contract-store.js';

/** The key that a change writes. */
export function changeKey(change: StoreChange): string {
  const contractName = change.kind === 'put' ? change.contract.contractName : change.contractName;
  return contractKey({ chainId: change.scope.chainId, contractName });
}
