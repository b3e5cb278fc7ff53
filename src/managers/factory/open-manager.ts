import type { MigrationNote } from '../../core/migration/note.js';
import { StateManagerError } from '../../errors.js';
import type { StoreLayer } from '../contract-store.js';
import { MigrationStateManager } from '../dual-write/migration-state-manager.js';
import { JSONStateManager } from '../json/json-state-manager.js';
import { LevelDBStateManager } from '../leveldb/leveldb-state-manager.js';
import { manifestsIn } from '../manifests.js';
import { StateManager } from '../state-manager.js';
import { UnifiedJSONStateManager } from '../unified/unified-state-manager.js';
import type { BackendRegistry } from './backend-registry.js';
import type { Chosen } from './choose-backend.js';
import type { StateManagerOptions } from './manager-options.js';
import type { StateManagerConfig } from './resolve-configuration.js';

/** What is the same for every backend of one manager. */
export type ManagerContext = {
  readonly config: StateManagerConfig;
  readonly options: StateManagerOptions;
  /** Absolute. */
  readonly cwd: string;
  readonly registry: BackendRegistry;
  /** Around the whole; a pair is not cached on each side. */
  readonly layers: readonly StoreLayer[];
  /** The note of the migration of this clone, as it is when it is called. */
  readonly migration: () => Promise<MigrationNote | null>;
};

/** The manager of the chosen backends; a plug-in is opened, nothing else is. */
export async function openManager(
  { backends, leveldbPath }: Chosen,
  { options: given, ...rest }: ManagerContext,
): Promise<StateManager> {
  const leveldb = { ...(leveldbPath === undefined ? {} : { path: leveldbPath }), ...given.backends?.leveldb };
  const context = { ...rest, options: { ...given, backends: { ...given.backends, leveldb } } };
  const [primary = '', secondary] = backends;
  if (secondary === undefined) return openOne(primary, context, context.layers);
  const [first, second] = [await openOne(primary, context, []), await openOne(secondary, context, [])];
  // What is not LevelDB is what a migration goes to, whichever of the two is read.
  const isSourceFirst = primary === 'leveldb';
  const { options, config, cwd, layers } = context;
  const { strict, queueFile, onWarning, chainId } = options;
  return new MigrationStateManager(isSourceFirst ? first : second, isSourceFirst ? second : first, {
    strict,
    queueFile,
    onWarning,
    chainId,
    cwd,
    layers,
    primary: isSourceFirst ? 'source' : 'target',
    dualWriteEnabled: config.dualWriteEnabled.value,
    enableFallback: config.enableFallback.value,
  });
}

async function openOne(
  backend: string,
  { config, options, cwd, registry, migration }: ManagerContext,
  layers: readonly StoreLayer[],
): Promise<StateManager> {
  const { network } = config;
  const { chainId, backends = {} } = options;
  const bound = { cwd, chainId, layers };
  if (backend === 'leveldb') return new LevelDBStateManager(network, { ...backends.leveldb, ...bound });
  if (backend === 'json') return new JSONStateManager(network, { ...backends.json, ...bound });
  if (backend === 'unified') {
    return new UnifiedJSONStateManager(network, {
      ...backends.unified,
      ...bound,
      migration: () => dualWriteOf(migration),
    });
  }
  const plugInOptions: unknown = Object.hasOwn(backends, backend) ? backends[backend] : undefined;
  const opening = registry.open(backend, { network, chainId, cwd, options: plugInOptions });
  if (opening === null) {
    throw new StateManagerError('BAD_USAGE', `No backend is called ${backend}`, { hint: 'registerBackend() first' });
  }
  return new StateManager({ network, chainId, layers, manifests: manifestsIn(cwd) }, await opening);
}

async function dualWriteOf(migration: ManagerContext['migration']): Promise<string | null> {
  const note = await migration();
  return note?.scripts === 'dual-write' ? note.id : null;
}
