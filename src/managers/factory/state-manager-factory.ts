import { resolve } from 'node:path';
import type { MigrationNote } from '../../core/migration/note.js';
import type { StoreLayer } from '../contract-store.js';
import { warnProcess } from '../dual-write/warn-process.js';
import { messageOf } from '../dual-write/refusal.js';
import { cached } from '../layers/cached.js';
import type { LogRequest } from '../layers/log-topics.js';
import { logged } from '../layers/logged.js';
import type { StateManager } from '../state-manager.js';
import { type BackendRegistry, backendRegistry, type OpenBackend } from './backend-registry.js';
import { withCandidates } from './candidates.js';
import { chosenByMigration } from './chosen-by-migration.js';
import { type Chosen, detectBackend, namedBackends } from './choose-backend.js';
import { followMigration, type Sided } from './follow-migration.js';
import { noteAround, sideOf } from './note-around.js';
import { refuseMarked } from './refuse-marked.js';
import { refuseWithoutCutover } from './refuse-without-cutover.js';
import { describeConfiguration } from './describe-configuration.js';
import { readLogRequest } from './log-variables.js';
import type { StateManagerOptions } from './manager-options.js';
import { openManager } from './open-manager.js';
import { resolveConfiguration, type StateManagerConfig } from './resolve-configuration.js';

/** Backends that every factory of the process knows. */
const everywhere = backendRegistry();

/** Makes state managers, by the options of a script, the environment, and what is there (R064–R079). */
export class StateManagerFactory {
  readonly #options: StateManagerOptions & { readonly network?: string | null | undefined };
  readonly #registry = backendRegistry(everywhere);

  /** Document 001: `new StateManagerFactory().createStateManager('leveldb')`; without `network`, by chain id and name only. */
  constructor(options: StateManagerOptions & { readonly network?: string | null | undefined } = {}) {
    this.#options = options;
  }

  /**
   * Document 000. Throws ENVIRONMENT_INVALID, BAD_USAGE, BACKEND_INVALID, and what `auto` could not read.
   * @see resolveConfiguration for what goes before what
   */
  static createManager(network: string, options: StateManagerOptions = {}): Promise<StateManager> {
    return create(network, options, everywhere);
  }

  /** What `createManager` would do, and why: one line for each setting, with its origin. */
  static describeConfiguration(network: string, options: StateManagerOptions = {}): Promise<string> {
    return describe(network, options, everywhere);
  }

  /** Makes a backend known to every factory (docs/backends.md). Throws BACKEND_INVALID. */
  static registerBackend(name: string, open: OpenBackend): void {
    everywhere.register(name, open);
  }

  createStateManager(backend?: string, options: StateManagerOptions = {}): Promise<StateManager> {
    const { network = null, ...own } = this.#options;
    return create(network, { ...own, ...options, backend: backend ?? options.backend ?? own.backend }, this.#registry);
  }

  /** Of `createStateManager()`. */
  describeConfiguration(): Promise<string> {
    const { network = null, ...options } = this.#options;
    return describe(network, options, this.#registry);
  }

  /** Makes a backend known to this factory alone. Throws BACKEND_INVALID. */
  registerBackend(name: string, open: OpenBackend): void {
    this.#registry.register(name, open);
  }
}

async function create(
  network: string | null,
  options: StateManagerOptions,
  registry: BackendRegistry,
): Promise<StateManager> {
  const { config, chosen, log, cwd, migration } = await resolveAll(network, options, registry);
  const warn = options.onWarning ?? warnProcess;
  warnOf(config, chosen, warn);
  const follow =
    config.backend.value === 'auto' ? [following({ config, chosen, cwd, migration, options, registry, warn })] : [];
  const layers = [
    ...follow,
    ...(config.enableCaching.value ? [cached()] : []),
    ...(options.layers ?? []),
    ...(log.topics.size > 0 ? [logged(log)] : []),
  ];
  return openManager(chosen, { config, options, cwd, registry, layers, migration });
}

/** What `auto` chose is chosen again, and used from then on, when the migration of the clone has moved on. */
function following({
  config,
  chosen,
  cwd,
  migration,
  options,
  registry,
  warn,
}: Omit<Resolved, 'log'> & {
  readonly options: StateManagerOptions;
  readonly registry: BackendRegistry;
  readonly warn: typeof warnProcess;
}): StoreLayer {
  const side = async (): Promise<string> => sideOf(await migration());
  const open = async (): Promise<Sided> => {
    const next = await choose(config, options, cwd, migration);
    const backend = next.backends.join(' + ');
    warn({ kind: 'configuration', backend, message: `${backend} from now on: ${next.reason}` });
    const manager = await openManager(next, { config, options, cwd, registry, layers: [], migration });
    return { store: manager.store, side: next.side };
  };
  return (store) => followMigration({ store, side: chosen.side }, side, open);
}

async function describe(
  network: string | null,
  options: StateManagerOptions,
  registry: BackendRegistry,
): Promise<string> {
  const { config, chosen, log } = await resolveAll(network, options, registry);
  return describeConfiguration(config, chosen, log.topics);
}

type Resolved = {
  readonly config: StateManagerConfig;
  readonly chosen: SidedChoice;
  readonly log: LogRequest;
  readonly cwd: string;
  readonly migration: () => Promise<MigrationNote | null>;
};

type SidedChoice = Chosen & { readonly side: string };

async function resolveAll(
  network: string | null,
  options: StateManagerOptions,
  registry: BackendRegistry,
): Promise<Resolved> {
  const { env = process.env } = options;
  const cwd = resolve(options.cwd ?? process.cwd());
  const config = resolveConfiguration(network, options, env, registry.names());
  const log = readLogRequest(env);
  const migration = config.backend.value === 'auto' ? await noteAround(cwd, env) : () => Promise.resolve(null);
  const chosen = await choose(config, options, cwd, migration);
  return { config, chosen, log, cwd, migration };
}

async function choose(
  config: StateManagerConfig,
  options: StateManagerOptions,
  cwd: string,
  migration: Resolved['migration'],
): Promise<SidedChoice> {
  const { network } = config;
  const named = namedBackends(config, cwd);
  if (named !== null) return { ...named, side: '' };
  const note = await migration();
  const side = sideOf(note);
  return withCandidates({ network, cwd, options }, async (candidates) => {
    const chosen = chosenByMigration(note) ?? (await detectBackend(config, candidates));
    const [only, other] = chosen.backends;
    // Files of another branch, or of another clone, may hold a part only.
    if (only === 'unified' && other === undefined) {
      await refuseMarked(candidates.root, network);
      if (note !== null)
        await refuseWithoutCutover(candidates.root, network, note, {
          env: options.backends?.unified?.env ?? process.env,
        });
    }
    return { ...chosen, side };
  });
}

function warnOf(config: StateManagerConfig, { insteadOf, backends }: Chosen, warn: typeof warnProcess): void {
  for (const message of config.notes) warn({ kind: 'configuration', backend: config.backend.value, message });
  if (insteadOf === undefined) return;
  const { backend, cause } = insteadOf;
  const message = `${backend} cannot be read, so ${backends.join(' + ')} is used: ${messageOf(cause)}`;
  warn({ kind: 'read-fallback', backend, message, cause });
}
