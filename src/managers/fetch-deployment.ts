import { defaultConfig } from '../core/config/config.js';
import { networkOfChainId } from '../core/config/resolve-network.js';
import { chainBook } from '../core/consistency/state/chain-book.js';
import { readManifest } from '../core/consistency/state/manifest.js';
import type { ContractDeployment, DeploymentArgs } from '../core/deployment/contract-deployment.js';
import { blockedDeployment, decideDeployment } from '../core/deployment/decide.js';
import { readDeploymentArgs } from '../core/deployment/read-args.js';
import { StateManagerError } from '../errors.js';
import type { ContractStore, Scope } from './contract-store.js';
import type { IStateManager } from './istate-manager.js';
import type { Manifests } from './manifests.js';

/** What a manager decides from. */
export type DeploymentReader = {
  readonly store: ContractStore;
  readonly network: string | null;
  /** The chain of the network; throws as the manager's own reads do. */
  scope(): Promise<Scope>;
  readonly manifests: Manifests;
};

/** The free function of the old deploy scripts, over any manager. */
export function fetchDeployOrUpgradeProxy(
  manager: Pick<IStateManager, 'fetchDeployOrUpgradeProxy'>,
  args: DeploymentArgs,
): Promise<ContractDeployment> {
  return manager.fetchDeployOrUpgradeProxy(args);
}

/**
 * Reads what the decision needs, whole. Every refusal while reading is a `blocked` decision; any other throw is a bug and
 * passes. Throws BAD_INPUT for arguments that say nothing, BAD_USAGE for no chain at all: the caller's mistakes.
 */
export async function fetchDeployment(reader: DeploymentReader, args: DeploymentArgs): Promise<ContractDeployment> {
  const asked = readDeploymentArgs(args);
  if (reader.network === null && asked.chainId === undefined) throw noChain();
  const place = { chainId: asked.chainId ?? null, network: reader.network };
  try {
    const scope = await scopeOf(reader, asked.chainId);
    place.chainId = scope.chainId;
    return decideDeployment(asked, await readState(reader, scope, asked.contractName));
  } catch (error) {
    if (error instanceof StateManagerError) return blockedDeployment(asked, place, error);
    throw error;
  }
}

async function scopeOf(reader: DeploymentReader, chainId: number | undefined): Promise<Scope> {
  if (reader.network === null) return { chainId: chainId ?? 0 };
  const scope = await reader.scope();
  if (chainId === undefined || chainId === scope.chainId) return scope;
  throw new StateManagerError(
    'CHAIN_ID_MISMATCH',
    `${reader.network} is chain ${scope.chainId}, and the deployment is for chain ${chainId}`,
    {
      hint: 'leave chainId out, or create the manager for the network of that chain',
      details: { network: reader.network, expected: scope.chainId, actual: chainId },
    },
  );
}

async function readState(reader: DeploymentReader, scope: Scope, contractName: string) {
  const { store } = reader;
  await store.open();
  const found = await store.read(scope, contractName);
  const contracts = await store.list(scope);
  const problems = await store.inspect();
  const files = await reader.manifests();
  const chains = chainBook(new Map(), defaultConfig, null);
  const spellings = found?.networkName === undefined ? [] : [found.networkName];
  const known = networkOfChainId(scope.chainId, { files: [], config: defaultConfig, spellings });
  return {
    chainId: scope.chainId,
    network: reader.network ?? known.network,
    found,
    contracts,
    problems,
    isEmpty: contracts.length === 0 && (await store.list()).length === 0,
    manifests: files.map(({ path, bytes }) => readManifest(path, bytes, chains)),
  };
}

function noChain(): StateManagerError {
  return new StateManagerError('BAD_USAGE', 'This manager is bound to no network, and chainId says none', {
    hint: 'pass chainId, or create the manager for a network',
  });
}
