import type { ContractStore, Scope, StoreChange } from './contract-store.js';

/** One call of a store's method, as layers see it. */
export type StoreCall =
  | { readonly operation: 'open' | 'inspect' | 'version' | 'close' }
  | { readonly operation: 'chainOf'; readonly network: string }
  | { readonly operation: 'read'; readonly scope: Scope; readonly contractName: string }
  | { readonly operation: 'list'; readonly scope: Scope | undefined }
  | { readonly operation: 'apply'; readonly changes: readonly StoreChange[] };

export type AroundCall = <Result>(call: StoreCall, work: () => Promise<Result>) => Promise<Result>;

/** The same store, each call made through `around`, which calls `work` as often as it likes. */
export function aroundEach(store: ContractStore, around: AroundCall): ContractStore {
  return {
    type: store.type,
    open: () => around({ operation: 'open' }, () => store.open()),
    chainOf: (network) => around({ operation: 'chainOf', network }, () => store.chainOf(network)),
    read: (scope, contractName) =>
      around({ operation: 'read', scope, contractName }, () => store.read(scope, contractName)),
    list: (scope) => around({ operation: 'list', scope }, () => store.list(scope)),
    apply: (changes) => around({ operation: 'apply', changes }, () => store.apply(changes)),
    inspect: () => around({ operation: 'inspect' }, () => store.inspect()),
    version: () => around({ operation: 'version' }, () => store.version()),
    close: () => around({ operation: 'close' }, () => store.close()),
    hitRate: () => store.hitRate?.(),
  };
}

/** The same store: what a layer that changes few methods spreads. A spread of the store itself would lose a class's. */
export function delegating(store: ContractStore): ContractStore {
  return aroundEach(store, (_call, work) => work());
}
