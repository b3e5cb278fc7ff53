import { compareText, equalJson } from '../../src/core/equal.js';
import type { Json } from '../../src/core/json.js';
import type { ContractType } from '../../src/core/model/contract-type.js';
import { tagBigints, untagBigints } from '../../src/core/values/bigint.js';
import { StateManagerError } from '../../src/errors.js';
import type { ContractStore, StoreChange } from '../../src/managers/contract-store.js';

/** What a memory store holds; several stores may share one. */
export type MemoryPlace = { contracts: ReadonlyMap<string, Json>; changes: number };

export function emptyPlace(): MemoryPlace {
  return { contracts: new Map(), changes: 0 };
}

/** The smallest store there can be. */
export function memoryContracts(place: MemoryPlace = emptyPlace()): ContractStore {
  const all = () => [...place.contracts.values()].map((value) => untagBigints(value) as ContractType).sort(byPlace);
  return {
    type: 'memory',
    open: () => Promise.resolve(),
    chainOf: async (network) => Promise.resolve(all().find((each) => each.networkName === network)?.chainId ?? null),
    read: async ({ chainId }, name) =>
      Promise.resolve(all().find((each) => each.chainId === chainId && each.contractName === name) ?? null),
    list: async (scope) =>
      Promise.resolve(all().filter(({ chainId }) => scope === undefined || chainId === scope.chainId)),
    apply: async (changes) => {
      const next = new Map(place.contracts);
      const changed = changes.map((change) => make(change, next));
      if (changed.includes(true)) Object.assign(place, { contracts: next, changes: place.changes + 1 });
      return Promise.resolve(changed);
    },
    inspect: async () => Promise.resolve([]),
    version: async () => Promise.resolve(String(place.changes)),
    close: () => Promise.resolve(),
  };
}

function make(change: StoreChange, contracts: Map<string, Json>): boolean {
  if (change.kind === 'delete') return contracts.delete(`${change.scope.chainId}-${change.contractName}`);
  const { scope, contract } = change;
  if (contract.contractName === '') throw new StateManagerError('BAD_INPUT', 'A contract without a name');
  if (contract.chainId !== scope.chainId)
    throw new StateManagerError('CHAIN_ID_MISMATCH', 'A contract of another chain');
  const value = tagBigints({ ...(scope.network === undefined ? {} : { networkName: scope.network }), ...contract });
  const key = `${scope.chainId}-${contract.contractName}`;
  if (equalJson(contracts.get(key), value)) return false;
  contracts.set(key, value);
  return true;
}

function byPlace(a: ContractType, b: ContractType): number {
  return a.chainId - b.chainId || compareText(a.contractName, b.contractName);
}
