import type { Json } from '../../core/json.js';
import { shown } from '../../core/shown.js';
import { tagBigints } from '../../core/values/bigint.js';
import { StateManagerError } from '../../errors.js';
import type { Scope, StoreChange } from '../contract-store.js';
import { chainKey } from './stored-contract.js';

export type PreparedChange = {
  readonly scope: Scope;
  readonly contractName: string;
  readonly key: Uint8Array;
  /** Null for a delete. */
  readonly value: Json;
};

/**
 * The change, judged as far as that needs no database. The value keeps the caller's members and their order; a native bigint,
 * which scripts could not store, is tagged, because as text it would come back as text (FORMAT §6).
 * Throws BAD_INPUT, CHAIN_ID_MISMATCH.
 */
export function prepareChange(change: StoreChange): PreparedChange {
  const { scope } = change;
  if (change.kind === 'delete') {
    const { contractName } = change;
    return { scope, contractName, key: chainKey(scope.chainId, contractName), value: null };
  }
  const { contract } = change;
  const { contractName, chainId, networkName }: Readonly<Record<string, unknown>> = contract;
  if (typeof contractName !== 'string' || contractName === '') throw badInput('A contract needs a contractName');
  if (!Number.isSafeInteger(scope.chainId) || scope.chainId < 1) {
    throw badInput(`${shown(contractName)} is put on chain ${scope.chainId}; chain ids are 1 to 2^53-1`);
  }
  if (chainId !== scope.chainId) throw otherChain(contractName, scope.chainId, chainId);
  const named = scope.network === undefined || networkName !== undefined ? {} : { networkName: scope.network };
  const value = tagBigints({ ...contract, ...named });
  return { scope, contractName, key: chainKey(scope.chainId, contractName), value };
}

function badInput(message: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', message, { hint: 'pass a contract with chainId and contractName' });
}

function otherChain(contractName: string, expected: number, actual: unknown): StateManagerError {
  return new StateManagerError(
    'CHAIN_ID_MISMATCH',
    `${shown(contractName)} is of chain ${String(actual)} and is put on chain ${expected}`,
    { hint: 'put it on its own chain', details: { expected, actual } },
  );
}
