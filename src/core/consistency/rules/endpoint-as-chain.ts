import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { endpointChains } from '../state/endpoint-ids.js';

export const endpointAsChain: ConsistencyRule = {
  id: 'topology/endpoint-as-chain',
  severity: 'error',
  title: 'An endpoint id stands where a chain id belongs',
  meaning:
    'LayerZero numbers chains in its own way. As a chain id of a peer such a number is another chain or none, and no peer is found by it.',
  remedy: 'Write the chain id; the endpoint id belongs to configuration.protocols.layerZero.',
  fires: { networks: { basesepolia: { topology: { connectedChains: [{ chainId: 40102 }] } } } },
  silent: {
    networks: {
      basesepolia: {
        configuration: { protocols: { layerZero: { remotes: [{ chainId: 40102 }] } } },
        topology: { connectedChains: [{ chainId: 97 }] },
      },
    },
  },
  find: ({ networks, chains }) =>
    networks.flatMap((network) =>
      network.peers.flatMap(({ from, chainId, path }) => {
        const meant = from === 'topology' && !chains.isChain(chainId) ? endpointChains.get(chainId) : undefined;
        if (meant === undefined) return [];
        const message = `${chainId} is the LayerZero endpoint id of ${chains.nameOf(meant)}; its chain id is ${meant}`;
        return [{ place: placeIn(network, path + pointer('chainId')), message }];
      }),
    ),
};
