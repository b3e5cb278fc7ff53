import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import type { Environment } from '../../git/environment.js';
import { booleanOf, choiceOf, environmentInvalid, type Setting, settled } from './setting.js';

/** What decides which backends a manager has and how it uses them; everything else of the options goes to them. */
export type BackendChoice = {
  /** `leveldb`, `json`, `unified`, `dual-write`, `auto`, or a registered one. Default `auto`. */
  readonly backend?: string | undefined;
  /** Of `dual-write`: written first and read. Default `leveldb`. */
  readonly primaryBackend?: string | undefined;
  /** Of `dual-write`. Default: beside LevelDB `unified` where a state root is set up, else `json`; beside others `leveldb`. */
  readonly secondaryBackend?: string | undefined;
  /** Of `auto`: false takes LevelDB where both it and a plain JSON file have the network, true JSON where nothing has it. */
  readonly preferJSON?: boolean | undefined;
  /** Of `auto` and `dual-write`: another backend answers where one cannot be read. Default true. */
  readonly enableFallback?: boolean | undefined;
  /** Default true: what was read is kept while the store says that nothing changed. */
  readonly enableCaching?: boolean | undefined;
  /** Of `dual-write`: false writes to the primary only. Default true. */
  readonly dualWriteEnabled?: boolean | undefined;
};

export type StateManagerConfig = {
  readonly network: string | null;
  readonly backend: Setting<string>;
  readonly primaryBackend: Setting<string>;
  /** Null: by what is there. */
  readonly secondaryBackend: Setting<string | null>;
  /** Null: unified, then JSON, then LevelDB. */
  readonly preferJSON: Setting<boolean | null>;
  readonly enableFallback: Setting<boolean>;
  readonly enableCaching: Setting<boolean>;
  readonly dualWriteEnabled: Setting<boolean>;
  /** The variable that asks `auto` for LevelDB, whatever else is there. */
  readonly emergency: string | null;
  /** What was set and has no effect, and why. */
  readonly notes: readonly string[];
};

const builtInBackends: readonly string[] = ['leveldb', 'json', 'unified'];

/**
 * Option, else environment, else default, each with its origin (R067–R073). `plugins` are names of registered backends.
 * Throws ENVIRONMENT_INVALID and BAD_USAGE.
 */
export function resolveConfiguration(
  network: string | null,
  options: BackendChoice,
  env: Environment,
  plugins: readonly string[] = [],
): StateManagerConfig {
  const stores = [...builtInBackends, ...plugins];
  const choices = [...stores, 'dual-write', 'auto'];
  const emergency = emergencyOf(env);
  const mode = booleanOf(env, 'DUAL_WRITE_MODE');
  const named = choiceOf(env, 'STATE_BACKEND', choices);
  const backend = backendOf(allowed('backend', options.backend, choices), { named, mode, emergency });
  const primary = choiceOf(env, 'PRIMARY_BACKEND', stores) ?? primaryBy(named, backend);
  const primaryBackend = settled(allowed('primaryBackend', options.primaryBackend, stores), primary, 'leveldb');
  const secondary = allowed('secondaryBackend', options.secondaryBackend, stores);
  if (secondary === primaryBackend.value) throw sameTwice(primaryBackend);
  return {
    network,
    backend,
    primaryBackend,
    secondaryBackend: settled<string | null>(secondary, undefined, null),
    preferJSON: settled<boolean | null>(options.preferJSON, booleanOf(env, 'PREFER_JSON'), null),
    enableFallback: settled(options.enableFallback, booleanOf(env, 'ENABLE_FALLBACK'), true),
    enableCaching: settled(options.enableCaching, booleanOf(env, 'ENABLE_CACHING'), true),
    dualWriteEnabled: settled(options.dualWriteEnabled, mode, true),
    emergency,
    notes: notesOf(backend, { emergency, mode, named }),
  };
}

type FromEnvironment = {
  readonly named: Setting<string> | undefined;
  readonly mode: Setting<boolean> | undefined;
  readonly emergency: string | null;
};

/** `auto` as an option leaves it to the switches that documents 003 and 004 set, not to STATE_BACKEND. */
function backendOf(option: string | undefined, { named, mode, emergency }: FromEnvironment): Setting<string> {
  if (option !== undefined && option !== 'auto') return { value: option, origin: 'option' };
  if (emergency !== null) return { value: 'leveldb', origin: emergency };
  if (mode?.value === true) return { value: 'dual-write', origin: mode.origin };
  return settled(option, named, 'auto');
}

/** DUAL_WRITE_MODE beside STATE_BACKEND=json: JSON and another one. */
function primaryBy(named: Setting<string> | undefined, backend: Setting<string>): Setting<string> | undefined {
  const isStore = named !== undefined && named.value !== 'auto' && named.value !== 'dual-write';
  return isStore && backend.origin === 'DUAL_WRITE_MODE' ? named : undefined;
}

function emergencyOf(env: Environment): string | null {
  const asked = ['EMERGENCY_ROLLBACK', 'FORCE_LEVELDB_FALLBACK'].filter((name) => booleanOf(env, name)?.value === true);
  return asked[0] ?? null;
}

function notesOf(backend: Setting<string>, { emergency, mode, named }: FromEnvironment): string[] {
  if (backend.origin === 'option' && backend.value !== 'auto') {
    const over = [emergency, mode?.value === true ? mode.origin : null].filter((name) => name !== null);
    const isMet = (name: string) => (name === 'DUAL_WRITE_MODE' ? 'dual-write' : 'leveldb') === backend.value;
    return over
      .filter((name) => !isMet(name))
      .map((name) => `${name} has no effect: the option backend goes before it`);
  }
  if (emergency === null || backend.origin !== emergency) return [];
  const over = [named?.value !== 'leveldb' ? named?.origin : undefined, mode?.value === true ? mode.origin : undefined];
  return over.filter((name) => name !== undefined).map((name) => `${name} has no effect: ${emergency} goes before it`);
}

function allowed(name: string, value: string | undefined, choices: readonly string[]): string | undefined {
  if (value === undefined || choices.includes(value)) return value;
  throw new StateManagerError('BAD_USAGE', `The option ${name} is ${shown(value)}; it may be ${choices.join(', ')}`, {
    hint: 'pass one of them, or register the backend first',
    details: { option: name, value, allowed: choices },
  });
}

function sameTwice({ value, origin }: Setting<string>): StateManagerError {
  if (origin === 'PRIMARY_BACKEND' || origin === 'STATE_BACKEND') {
    return environmentInvalid(origin, value, ['another one than the option secondaryBackend']);
  }
  return new StateManagerError('BAD_USAGE', `${shown(value)} is the primary and the secondary backend`, {
    hint: 'pass another secondaryBackend, or leave it out',
  });
}
