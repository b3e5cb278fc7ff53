import { LRUCache } from 'lru-cache';
import type { ContractType } from '../../core/model/contract-type.js';
import { StateManagerError } from '../../errors.js';
import { contractKey } from '../../core/compare/contract-key.js';
import type { ContractStore, Scope } from '../contract-store.js';
import { delegating } from '../each-call.js';
import { requireCount, requireMilliseconds } from './require-number.js';
import { openValue, type SealedValue, sealValue } from './sealed-value.js';

export type CacheOptions = {
  /** Contracts held at most; a list counts as many as it has. Default 1,000. */
  readonly maxEntries?: number | undefined;
  /** Milliseconds an answer is believed. Default none, but five minutes for a store that cannot tell its version. */
  readonly ttl?: number | undefined;
  /** Whether the first `open` reads what fits; default false. */
  readonly warm?: boolean | undefined;
};

export type CachedStore = ContractStore & {
  /** Forgets what is known of a contract, by its key `<chainId>-<name>` or an address of it; without one, everything. */
  invalidate(keyOrAddress?: string): void;
};

/** What is kept of one answer. `names`: keys and addresses of the contracts it holds. Null where any contract could belong to it later. */
export type CacheEntry = {
  readonly sealed: SealedValue;
  readonly size: number;
  readonly names: ReadonlySet<string> | null;
};

const unversionedTtl = 5 * 60 * 1000;

/**
 * Answers again what was read before, while `store.version()` says that nothing changed; asked before each answer. A store
 * without versions is believed for `ttl`, and then only in what it has: "not there" and lists, which say it too, are read
 * each time, because a stale one would deploy a second proxy. Every own write, kept or not, empties the cache. Answers are
 * copies; an entry that is not what was put in is dropped and read again.
 */
export function cached(options: CacheOptions = {}): (store: ContractStore) => CachedStore {
  const { maxEntries = 1000, ttl, warm = false } = options;
  requireCount('maxEntries', maxEntries);
  if (ttl !== undefined) requireMilliseconds('ttl', ttl);
  return (store) => {
    const cache = openCache(store, maxEntries, ttl);
    const around: ContractStore = {
      ...delegating(store),
      chainOf: (network) =>
        cache.through(['chainOf', network], () => store.chainOf(network), {
          names: (chainId) => (chainId === null ? null : new Set()),
        }),
      read: (scope, contractName) =>
        cache.through(['read', ...placeOf(scope), contractName], () => store.read(scope, contractName), {
          names: (contract) => (contract === null ? null : namesOf([contract])),
        }),
      list: (scope) =>
        cache.through(['list', ...(scope === undefined ? [] : placeOf(scope))], () => store.list(scope), {
          names: () => null,
          size: (contracts) => Math.max(1, contracts.length),
        }),
      apply: async (changes) => {
        try {
          return await store.apply(changes);
        } finally {
          cache.clear();
        }
      },
      hitRate: cache.hitRate,
    };
    let warming: Promise<void> | undefined;
    const open = async () => {
      await store.open();
      if (warm) await (warming ??= warmUp(around, maxEntries));
    };
    return { ...around, open, invalidate: cache.invalidate };
  };
}

type Keeping<Result> = {
  readonly names: (result: Result) => ReadonlySet<string> | null;
  readonly size?: (result: Result) => number;
};

function openCache(store: ContractStore, maxSize: number, ttl: number | undefined) {
  // Ages are asked for at every look: the default of lru-cache believes its last look for a millisecond.
  const entries = new LRUCache<string, CacheEntry>({ maxSize, sizeCalculation: ({ size }) => size, ttlResolution: 0 });
  let version: string | null = null;
  // Counts what made entries wrong: an answer that was on its way meanwhile is not kept.
  let generation = 0;
  let hits = 0;
  let misses = 0;
  const clear = () => {
    generation += 1;
    entries.clear();
  };
  const moveTo = (current: string | null) => {
    if (current !== version) clear();
    version = current;
  };
  const lookUp = (key: string): { readonly value: unknown } | null => {
    const entry = entries.get(key);
    if (entry === undefined) return null;
    const opened = openValue(entry.sealed);
    if (opened === null) entries.delete(key);
    return opened;
  };
  return {
    clear,
    hitRate: () => (hits + misses === 0 ? undefined : hits / (hits + misses)),
    invalidate: (name?: string): void => {
      generation += 1;
      const wanted = name?.toLowerCase();
      for (const [key, { names }] of [...entries.entries()]) {
        if (wanted === undefined || names === null || names.has(wanted)) entries.delete(key);
      }
    },
    through: async <Result>(
      place: readonly (string | number | null)[],
      read: () => Promise<Result>,
      { names, size = () => 1 }: Keeping<Result>,
    ): Promise<Result> => {
      const before = await versionOf(store);
      if (before === undefined) {
        misses += 1;
        return read();
      }
      moveTo(before);
      const key = JSON.stringify(place);
      const known = lookUp(key);
      if (known !== null) {
        hits += 1;
        return known.value as Result;
      }
      misses += 1;
      const begun = generation;
      const result = await read();
      const holds = names(result);
      const isPresent = result !== null && holds !== null;
      const isUnchanged = before === null ? isPresent : (await versionOf(store)) === before;
      const sealed = isUnchanged && generation === begun ? sealValue(result) : null;
      if (sealed !== null) {
        const age = ttl ?? (before === null ? unversionedTtl : undefined);
        entries.set(key, { sealed, size: size(result), names: holds }, age === undefined ? {} : { ttl: age });
      }
      return result;
    },
  };
}

/** Undefined where it cannot be told now: then the store is read, whose refusal says more. */
async function versionOf(store: ContractStore): Promise<string | null | undefined> {
  try {
    return await store.version();
  } catch (error) {
    if (error instanceof StateManagerError) return undefined;
    throw error;
  }
}

function placeOf({ chainId, network }: Scope): readonly (string | number | null)[] {
  return [chainId, network ?? null];
}

function namesOf(contracts: readonly ContractType[]): ReadonlySet<string> {
  const names = contracts.flatMap((contract) => [contractKey(contract), contract.address, contract.proxyAddress]);
  return new Set(names.flatMap((name) => (typeof name === 'string' ? [name.toLowerCase()] : [])));
}

/** Through the cache itself. What cannot be read refuses the call that wants it, not the opening. */
async function warmUp(store: ContractStore, maxEntries: number): Promise<void> {
  try {
    const all = await store.list();
    const chains = new Set(all.map(({ chainId }) => chainId));
    for (const chainId of chains) await store.list({ chainId });
    // All lists hold each contract twice; the reads get what is left, so that they do not push the lists out again.
    const fitting = all.slice(0, Math.max(0, maxEntries - 2 * all.length));
    for (const { chainId, contractName } of fitting) await store.read({ chainId }, contractName);
  } catch (error) {
    if (!(error instanceof StateManagerError)) throw error;
  }
}
