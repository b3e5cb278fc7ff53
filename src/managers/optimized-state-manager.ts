import { cached, type CachedStore, type CacheOptions } from './layers/cached.js';
import { StateManager } from './state-manager.js';

/** The documents' cache around a manager: the same manager over its store with `cached` around it. Closing closes both. */
export class OptimizedStateManager extends StateManager {
  readonly #cache: CachedStore;

  constructor(backend: StateManager, options: CacheOptions = {}) {
    const cache = cached(options)(backend.store);
    super({ network: backend.network, chainId: backend.chainId }, cache);
    this.#cache = cache;
  }

  /** Forgets what is known of an address, or everything. */
  invalidateCache(address?: string): void {
    this.#cache.invalidate(address);
  }
}
