import { resolve } from 'node:path';
import { jsonContracts } from './json/json-contracts.js';
import type { JSONStateManagerOptions } from './json/json-state-manager.js';
import { batched, type BatchedStore, type BatchOptions } from './layers/batched.js';
import { manifestsIn } from './manifests.js';
import { StateManager } from './state-manager.js';

/** The documents' JSON manager that replaces its file once for many writes; each resolves when it is on disk. */
export class OptimizedJSONManager extends StateManager {
  readonly #batched: BatchedStore;

  constructor(
    network: string | null = null,
    { chainId, layers, delay, ...options }: JSONStateManagerOptions & BatchOptions = {},
  ) {
    const cwd = options.cwd ?? process.cwd();
    const store = batched({ delay })(jsonContracts({ ...options, cwd, network }));
    super({ network, chainId, layers, manifests: manifestsIn(resolve(cwd)) }, store);
    this.#batched = store;
  }

  /** Writes now what waits for others to go with it. */
  flushWrites(): Promise<void> {
    return this.#batched.flush();
  }
}
