import type { ContractType } from '../core/model/contract-type.js';

/** Where contracts belong: a chain, and the network where it matters which of several on that chain. */
export type Scope = { readonly chainId: number; readonly network?: string | undefined };

export type StoreChange =
  | { readonly kind: 'put'; readonly scope: Scope; readonly contract: ContractType }
  | { readonly kind: 'delete'; readonly scope: Scope; readonly contractName: string };

/** Something wrong in what is stored. `key` is `<chainId>-<contractName>`, or the file where no record can be named. */
export type StoreProblem = {
  readonly severity: 'error' | 'warning';
  readonly key: string;
  readonly message: string;
};

/**
 * What a backend has to do; everything else of a state manager is made of it. Every method throws StateManagerError for
 * what it refuses, and a read that failed is never an answer: null and an empty list mean that the store was read and
 * holds nothing. One contract suite: `test/managers/contract-store-suite.ts`.
 */
export interface ContractStore {
  /** `leveldb`, `json`, `unified`, `dual-write`, or what a plug-in calls itself. */
  readonly type: string;
  /** Makes ready what can be made; called by whoever comes first, any number of times. */
  open(): Promise<void>;
  /** The chain id of a network by what is stored; null where nothing is. */
  chainOf(network: string): Promise<number | null>;
  /** By the name the contract was put under. */
  read(scope: Scope, contractName: string): Promise<ContractType | null>;
  /** Ascending by chain id, then name (UTF-16 code units); everything without a scope. */
  list(scope?: Scope): Promise<readonly ContractType[]>;
  /**
   * One after the other, all or nothing, durable when it resolves. Says of each whether it changed anything; a delete of
   * what is not there changes nothing.
   */
  apply(changes: readonly StoreChange[]): Promise<readonly boolean[]>;
  /** Everything wrong, by severity, key and message. Throws only where nothing could be read. */
  inspect(): Promise<readonly StoreProblem[]>;
  /** A text that differs whenever what is stored does, from outside too; null where only reading tells. */
  version(): Promise<string | null>;
  close(): Promise<void>;
  /** Of a cache around it, from 0 to 1; undefined, or no such method, where nothing was or could be cached. */
  hitRate?(): number | undefined;
}

/** Something around a store: a cache, locks, roles. Each is usable alone. */
export type StoreLayer = (store: ContractStore) => ContractStore;
