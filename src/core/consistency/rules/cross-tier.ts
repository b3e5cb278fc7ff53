import { isObject, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { areCompatible, linkedChains, linksOf } from '../state/links.js';

const connectedTo97 = { topology: { connectedChains: [{ chainId: 97 }] } };

export const crossTier: ConsistencyRule = {
  id: 'topology/cross-tier',
  severity: 'error',
  title: 'A network has a peer of another tier',
  meaning:
    'Mainnet and testnet are connected: tokens without worth can be turned into tokens with it. dev and testnet may be connected.',
  remedy: 'Remove the peer, or set topology.tierValidation.crossTierAllowed and say why.',
  fires: { networks: { bscmainnet: connectedTo97 } },
  silent: {
    networks: { basesepolia: connectedTo97, bsctestnet: { topology: { connectedChains: [{ chainId: 84532 }] } } },
  },
  find: (state) =>
    state.networks.flatMap((network) => {
      if (isAllowed(network)) return [];
      const tier = state.tierOf(network);
      const links = linksOf(network, state);
      const connected = linkedChains(links.filter(({ peer }) => peer.from === 'topology'));
      return links
        .filter(({ peer, chainId }) => chainId !== null && (peer.from === 'topology' || !connected.has(chainId)))
        .flatMap(({ peer, chainId, target }) => {
          const other = target === null ? state.chains.tierOfChain(chainId ?? 0) : state.tierOf(target);
          if (areCompatible(tier, other)) return [];
          const message = `${network.name} (${tier ?? ''}) lists ${other ?? ''} chain ${chainId ?? 0} as a peer`;
          return [{ place: placeIn(network, peer.path + pointer('chainId')), message }];
        });
    }),
};

function isAllowed({ root }: CheckedNetwork): boolean {
  const topology = member(root, 'topology');
  const validation = isObject(topology) ? member(topology, 'tierValidation') : undefined;
  return isObject(validation) && member(validation, 'crossTierAllowed') === true;
}
