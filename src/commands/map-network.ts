import { newNetworkFile } from '../core/config/new-network.js';
import { networkOfName } from '../core/config/resolve-network.js';
import { shown } from '../core/shown.js';
import type { NetworkFile } from '../core/model/network-file.js';
import { StateManagerError } from '../errors.js';
import type { BaseState } from './base-state.js';
import { openNetwork, resolveSpelling } from './open-network.js';

/** A source file that is about one network. */
export type NetworkClaim = {
  /** As the user named the file. */
  readonly path: string;
  /** What the user or the file's name says the network is called. */
  readonly spelling: string;
  /** Did the user say it? */
  readonly isNamed: boolean;
  readonly chainId: number | undefined;
};

/**
 * The network file that a source file is about, a new one the first time. A name `<network>.<environment>` that is not
 * here and not configured is an environment of that network (FORMAT §1.3): its chain, and the environment, are taken
 * from the two parts. Throws NETWORK_NAME_INVALID, CHAIN_ID_UNKNOWN, CHAIN_ID_MISMATCH, STATE_INVALID.
 */
export async function mapNetwork(base: BaseState, claim: NetworkClaim): Promise<NetworkFile> {
  const spelling = claim.spelling.toLowerCase();
  const { network, chainId: known } = await resolve(base, spelling, claim);
  if (base.networks.includes(network) || known !== null) return openNetwork(base, spelling, claim.chainId);
  const [stem = '', environment] = network.split('.');
  const chainId = claim.chainId ?? (environment === undefined ? null : await chainOf(base, stem));
  if (chainId === null) throw unknownChain(network, claim);
  return newNetworkFile({ network, chainId, environment }, base.config);
}

async function resolve(base: BaseState, spelling: string, claim: NetworkClaim) {
  try {
    return await resolveSpelling(base, spelling);
  } catch (error) {
    if (claim.isNamed || !(error instanceof StateManagerError) || error.code !== 'NETWORK_NAME_INVALID') throw error;
    throw new StateManagerError(error.code, `${claim.path} is not called after a network: ${error.message}`, {
      hint: `say which it is: stateroot import addresses ${claim.path} --network <name>`,
      details: { file: claim.path },
    });
  }
}

async function chainOf(base: BaseState, stem: string): Promise<number | null> {
  return networkOfName(stem, { files: await base.readable(), config: base.config }).chainId;
}

function unknownChain(network: string, { path, spelling, isNamed }: NetworkClaim): StateManagerError {
  const named = isNamed ? ` --network ${spelling}` : '';
  return new StateManagerError(
    'CHAIN_ID_UNKNOWN',
    `${path} is about ${shown(network)}, a new network, and nothing says which chain it is.`,
    {
      hint: `stateroot import addresses ${path}${named} --chain-id <n>, or list ${network} under networks in stateroot.config.json`,
      details: { file: path, network },
    },
  );
}
