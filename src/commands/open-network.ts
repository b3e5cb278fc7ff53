import { newNetworkFile } from '../core/config/new-network.js';
import { networkOfName } from '../core/config/resolve-network.js';
import { shown } from '../core/shown.js';
import { assertNetworkName } from '../core/model/names.js';
import type { NetworkFile } from '../core/model/network-file.js';
import { StateManagerError } from '../errors.js';
import type { BaseState } from './base-state.js';

/**
 * The network file a write of `spelling` goes to; a new, empty one the first time, whose chain id comes from `chainId`
 * (record or flag), else the configuration, else the known chains. Throws NETWORK_NAME_INVALID, CHAIN_ID_UNKNOWN,
 * CHAIN_ID_MISMATCH, STATE_INVALID.
 */
export async function openNetwork(
  base: BaseState,
  spelling: string,
  chainId: number | undefined,
): Promise<NetworkFile> {
  const { network, chainId: known } = await resolveSpelling(base, spelling);
  const existing = await base.network(network);
  const expected = existing?.chainId ?? known;
  if (chainId !== undefined && expected !== null && chainId !== expected) {
    throw new StateManagerError('CHAIN_ID_MISMATCH', `${network} is chain ${expected}, not ${chainId}.`, {
      hint: `name the network of chain ${chainId}, or leave the chain id out`,
      details: { network, expected, given: chainId },
    });
  }
  if (existing !== null) return existing;
  const id = chainId ?? known;
  if (id === null) {
    throw new StateManagerError(
      'CHAIN_ID_UNKNOWN',
      `${shown(network)} is a new network, and nothing says which chain it is.`,
      {
        hint: `add --chain-id <n>, or list ${network} under networks in stateroot.config.json`,
      },
    );
  }
  return newNetworkFile({ network, chainId: id }, base.config);
}

/** The network a spelling means; a name nobody knows is taken as it is, when it is a name. */
export async function resolveSpelling(
  base: BaseState,
  spelling: string,
): Promise<{ network: string; chainId: number | null }> {
  if (base.networks.includes(spelling)) return { network: spelling, chainId: null };
  const found = networkOfName(spelling, { files: await base.readable(), config: base.config });
  assertNetworkName(found.network);
  return found;
}
