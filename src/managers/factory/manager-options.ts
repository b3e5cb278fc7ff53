import type { Environment } from '../../git/environment.js';
import type { StoreLayer } from '../contract-store.js';
import type { DualWarning } from '../dual-write/pair.js';
import type { JSONStateManagerOptions } from '../json/json-state-manager.js';
import type { LevelDBOptions } from '../leveldb/leveldb-state-manager.js';
import type { UnifiedManagerOptions } from '../unified/unified-state-manager.js';
import type { BackendChoice } from './resolve-configuration.js';

export type StateManagerOptions = BackendChoice & {
  /** Default the working directory at the time of the call. */
  readonly cwd?: string | undefined;
  /** For a network that neither the backend nor the known chains know. */
  readonly chainId?: number | undefined;
  /** Around the store, the first one innermost; outside the cache. */
  readonly layers?: readonly StoreLayer[] | undefined;
  /** Of `dual-write`: reject where one side did not take a write, which is queued all the same. */
  readonly strict?: boolean | undefined;
  /** Of `dual-write`: where such writes wait. */
  readonly queueFile?: string | undefined;
  /** Default a warning of the process. */
  readonly onWarning?: ((warning: DualWarning) => void) | undefined;
  /** Where the documented variables are looked up. Default the process's. */
  readonly env?: Environment | undefined;
  /** What only one backend understands, by its name. */
  readonly backends?: BackendOptions | undefined;
};

type BackendOptions = {
  readonly leveldb?: Pick<LevelDBOptions, 'path'> | undefined;
  readonly json?: Omit<JSONStateManagerOptions, 'cwd' | 'chainId' | 'layers'> | undefined;
  readonly unified?: Omit<UnifiedManagerOptions, 'cwd' | 'chainId' | 'layers' | 'migration'> | undefined;
  readonly [plugIn: string]: unknown;
};
