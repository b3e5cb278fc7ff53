import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultConfig } from '../../core/config/config.js';
import { networkOfName } from '../../core/config/resolve-network.js';
import { networkFilePathOf, unifiedFolder } from '../../core/layout.js';
import { networkNameProblem } from '../../core/model/names.js';
import { StateManagerError } from '../../errors.js';
import type { ContractStore, Scope } from '../contract-store.js';
import { isStateRoot } from '../dual-write/is-state-root.js';
import { secondaryBeside } from '../dual-write/network-pair.js';
import { isRefusal, messageOf } from '../dual-write/refusal.js';
import type { StateManagerConfig } from './resolve-configuration.js';

export type Chosen = {
  /** One, or the primary and the secondary. */
  readonly backends: readonly string[];
  readonly reason: string;
  /** Where the LevelDB is, when it is not at its usual place and no option says. */
  readonly leveldbPath?: string | undefined;
  /** Why the backend that has the network is not the one; it cannot be read. */
  readonly insteadOf?: { readonly backend: string; readonly cause: unknown } | undefined;
};

/** The stores that can be asked what they hold, and where they are. */
export type Candidates = {
  /** Absolute: the state root of network files, else the folder they would be in. */
  readonly root: string;
  readonly isRepository: boolean;
  readonly chainId: number | undefined;
  readonly leveldb: ContractStore;
  readonly json: ContractStore;
  readonly unified: ContractStore;
};

/** What a configuration names; null for `auto`. */
export function namedBackends(config: StateManagerConfig, cwd: string): Chosen | null {
  const { value, origin } = config.backend;
  const reason = origin === 'option' || origin === 'default' ? `the ${origin} backend says so` : `${origin} says so`;
  if (value === 'auto') return null;
  if (value !== 'dual-write') return { backends: [value], reason };
  const primary = config.primaryBackend.value;
  return { backends: [primary, config.secondaryBackend.value ?? secondaryBeside(primary, cwd)], reason };
}

/**
 * What `auto` means (R068, C26): the network file of the state root, else the plain JSON file, else the LevelDB, the first
 * that has the network; where nothing has it, unified in a state root, else JSON where that is preferred, else LevelDB.
 * One that has it and cannot be read is passed over only for a LevelDB that has it too, and only with `enableFallback`:
 * an empty store would have a script deploy everything again. Throws what could not be read.
 */
export async function detectBackend(config: StateManagerConfig, candidates: Candidates): Promise<Chosen> {
  const { network } = config;
  const about = network === null ? 'contracts' : network;
  if (await hasUnified(network, candidates))
    return readable('unified', `network files have ${about}`, config, candidates);
  const isLevelFirst = config.preferJSON.value === false && (await has('leveldb', network, candidates));
  if (isLevelFirst) return { backends: ['leveldb'], reason: `the LevelDB has ${about}, and JSON is not preferred` };
  if (await isThere('json', network, candidates))
    return readable('json', `a plain JSON file has ${about}`, config, candidates);
  if (await has('leveldb', network, candidates)) return { backends: ['leveldb'], reason: `the LevelDB has ${about}` };
  if (candidates.isRepository && isStateRoot(candidates.root)) {
    return { backends: ['unified'], reason: `nothing has ${about} yet, and a state root is set up` };
  }
  const fallback = config.preferJSON.value === true ? 'json' : 'leveldb';
  return { backends: [fallback], reason: `nothing has ${about} yet, and no state root is set up` };
}

async function readable(
  backend: 'unified' | 'json',
  reason: string,
  config: StateManagerConfig,
  candidates: Candidates,
): Promise<Chosen> {
  try {
    await candidates[backend].list(scopeOf(config.network, candidates));
    return { backends: [backend], reason };
  } catch (cause) {
    const isFailure = !isRefusal(cause);
    if (!isFailure || !config.enableFallback.value || !(await has('leveldb', config.network, candidates))) throw cause;
    return {
      backends: ['leveldb'],
      reason: `${reason}, which cannot be read: ${messageOf(cause)}`,
      insteadOf: { backend, cause },
    };
  }
}

async function hasUnified(network: string | null, candidates: Candidates): Promise<boolean> {
  const { root, isRepository } = candidates;
  if (!isRepository || !existsSync(join(root, unifiedFolder('')))) return false;
  const isOwnName = network !== null && networkNameProblem(network) === null;
  if (isOwnName && existsSync(join(root, networkFilePathOf('', network)))) return true;
  return isThere('unified', network, candidates);
}

/** A file that cannot be read is there. */
async function isThere(backend: 'unified' | 'json', network: string | null, candidates: Candidates): Promise<boolean> {
  try {
    return await has(backend, network, candidates);
  } catch (cause) {
    if (isRefusal(cause)) throw cause;
    return true;
  }
}

async function has(
  backend: 'leveldb' | 'json' | 'unified',
  network: string | null,
  candidates: Candidates,
): Promise<boolean> {
  const store = candidates[backend];
  const scope = scopeOf(network, candidates);
  if (network !== null && backend !== 'unified' && (await store.chainOf(network)) !== null) return true;
  return network !== null && scope === undefined ? false : (await store.list(scope)).length > 0;
}

/** Undefined for everything, and for a network whose chain nobody knows. */
function scopeOf(network: string | null, { chainId }: Candidates): Scope | undefined {
  if (network === null) return undefined;
  const known = chainId ?? knownChain(network);
  return known === null ? undefined : { chainId: known, network };
}

function knownChain(network: string): number | null {
  try {
    return networkOfName(network, { files: [], config: defaultConfig }).chainId;
  } catch (cause) {
    if (cause instanceof StateManagerError && cause.code === 'NETWORK_NAME_INVALID') return null;
    throw cause;
  }
}
