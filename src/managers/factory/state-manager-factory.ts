import { resolve } from 'node:path';
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
  const { config, chosen, log, cwd } = await resolveAll(network, options, registry);
  warnOf(config, chosen, options.onWarning ?? warnProcess);
  const layers = [
    ...(config.enableCaching.value ? [cached()] : []),
    ...(options.layers ?? []),
    ...(log.topics.size > 0 ? [logged(log)] : []),
  ];
  return openManager(chosen, { config, options, cwd, registry, layers });
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
  readonly chosen: Chosen;
  readonly log: LogRequest;
  readonly cwd: string;
};

async function resolveAll(
  network: string | null,
  options: StateManagerOptions,
  registry: BackendRegistry,
): Promise<Resolved> {
  const { env = process.env } = options;
  const cwd = resolve(options.cwd ?? process.cwd());
  const config = resolveConfiguration(network, options, env, registry.names());
  const log = readLogRequest(env);
  const chosen =
    namedBackends(config, cwd) ??
    (await chosenByMigration(config, cwd, env)) ??
    (await withCandidates({ network, cwd, options }, (candidates) => detectBackend(config, candidates)));
  return { config, chosen, log, cwd };
}

function warnOf(config: StateManagerConfig, { insteadOf, backends }: Chosen, warn: typeof warnProcess): void {
  for (const message of config.notes) warn({ kind: 'configuration', backend: config.backend.value, message });
  if (insteadOf === undefined) return;
  const { backend, cause } = insteadOf;
  const message = `${backend} cannot be read, so ${backends.join(' + ')} is used: ${messageOf(cause)}`;
  warn({ kind: 'read-fallback', backend, message, cause });
}
