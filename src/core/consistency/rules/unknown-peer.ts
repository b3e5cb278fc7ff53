import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';

export const unknownPeer: ConsistencyRule = {
  id: 'topology/unknown-peer',
  severity: 'warning',
  title: 'A peer is a chain that nobody knows',
  meaning: 'Its number is no network here, none of the configuration and no known chain: a digit may be wrong.',
  remedy: 'Correct the number, or name the network under `networks` in stateroot.config.json.',
  fires: { networks: { basesepolia: { topology: { connectedChains: [{ chainId: 9071 }] } } } },
  silent: { networks: { basesepolia: { topology: { connectedChains: [{ chainId: 97 }] } } } },
  find: ({ networks, chains }) =>
    networks.flatMap((network) =>
      network.peers
        .filter(({ chainId }) => chains.chainOf(chainId) === null)
        .map(({ chainId, path }) => ({
          place: placeIn(network, path + pointer('chainId')),
          message: `Nobody knows chain ${chainId}, a peer of ${network.name}`,
        })),
    ),
};
