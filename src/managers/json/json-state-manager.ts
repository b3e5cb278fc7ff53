import { resolve } from 'node:path';
import type { StoreLayer } from '../contract-store.js';
import { manifestsIn } from '../manifests.js';
import { StateManager } from '../state-manager.js';
import { type JsonOptions, jsonContracts } from './json-contracts.js';

export type JSONStateManagerOptions = Omit<JsonOptions, 'network'> & {
  /** For a network that neither its file nor the known chains know. */
  readonly chainId?: number | undefined;
  readonly layers?: readonly StoreLayer[] | undefined;
};

/** The manager of the documents over plain files, `deployments/<network>.json`. */
export class JSONStateManager extends StateManager {
  constructor(network: string | null = null, { chainId, layers, ...options }: JSONStateManagerOptions = {}) {
    const cwd = options.cwd ?? process.cwd();
    super(
      { network, chainId, layers, manifests: manifestsIn(resolve(cwd)) },
      jsonContracts({ ...options, cwd, network }),
    );
  }
}
