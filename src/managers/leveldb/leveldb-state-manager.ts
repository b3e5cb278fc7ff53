import { resolve } from 'node:path';
import type { StoreLayer } from '../contract-store.js';
import { manifestsIn } from '../manifests.js';
import { StateManager } from '../state-manager.js';
import { levelContracts } from './level-contracts.js';

export type LevelDBOptions = {
  /** Default the working directory at the time the manager is made. */
  readonly cwd?: string | undefined;
  /** Of the LevelDB's folder, from `cwd`; default `leveldb`. */
  readonly path?: string | undefined;
  /** Of the network, where neither what is stored nor the known chains tell. */
  readonly chainId?: number | undefined;
  readonly layers?: readonly StoreLayer[] | undefined;
};

/**
 * The LevelDB that deploy scripts have, `<cwd>/leveldb`, with the keys it always had. `new LevelDBStateManager('bscmainnet')`
 * knows addresses on that network; `new LevelDBStateManager()`, or with options alone, takes chain ids and names only.
 */
export class LevelDBStateManager extends StateManager {
  constructor(network?: string | LevelDBOptions | null, options?: LevelDBOptions) {
    const {
      cwd = process.cwd(),
      path = 'leveldb',
      chainId,
      layers,
    } = options ?? (typeof network === 'object' ? network : {}) ?? {};
    super(
      { network: typeof network === 'string' ? network : null, chainId, layers, manifests: manifestsIn(resolve(cwd)) },
      levelContracts({ path: resolve(cwd, path) }),
    );
  }
}
