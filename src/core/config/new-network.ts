import { emptyNetworkFile, type NetworkFile } from '../model/network-file.js';
import type { Config } from './config.js';
import { tierOf } from './resolve-network.js';

/**
 * The first, empty file of a network, with the tier and environment that are known of it. `environment` is the one to
 * take where the configuration names none.
 */
export function newNetworkFile(
  place: { readonly network: string; readonly chainId: number; readonly environment?: string | undefined },
  config: Config,
): NetworkFile {
  const { network, chainId } = place;
  const tier = tierOf(network, chainId, config);
  const environment = config.networks.find((entry) => entry.name === network)?.environment ?? place.environment;
  return emptyNetworkFile({
    network,
    chainId,
    ...(tier === undefined ? {} : { networkTier: tier }),
    ...(environment === undefined ? {} : { environment }),
  });
}
