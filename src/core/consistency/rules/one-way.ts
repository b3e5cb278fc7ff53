import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { areCompatible, linkedChains, linksOf } from '../state/links.js';

const connectedTo = (chainId: number) => ({ topology: { connectedChains: [{ chainId }] } });

export const oneWay: ConsistencyRule = {
  id: 'topology/one-way',
  severity: 'warning',
  title: 'A connection is known at one end only',
  meaning: 'A network lists a peer whose file does not list it: messages would be sent and never accepted.',
  remedy: 'Add the missing end, or remove this one.',
  fires: { networks: { basesepolia: connectedTo(97), bsctestnet: {} } },
  silent: {
    networks: { basesepolia: connectedTo(97), bsctestnet: connectedTo(84532), optimismsepolia: connectedTo(421614) },
  },
  find: (state) => {
    const linked = new Map(state.networks.map((network) => [network, linkedChains(linksOf(network, state))]));
    return state.networks.flatMap((network) =>
      linksOf(network, state).flatMap(({ peer, target }) => {
        if (peer.from !== 'topology' || target === null || target === network) return [];
        // Another tier is a finding of its own, and to make it mutual is no way out.
        if (!areCompatible(state.tierOf(network), state.tierOf(target))) return [];
        if (linked.get(target)?.has(network.chainId) === true) return [];
        const message = `${network.name} lists ${target.name} as a peer, and ${target.name} does not list it`;
        return [
          {
            place: placeIn(network, peer.path + pointer('chainId')),
            message,
            related: [placeIn(target, pointer('topology'))],
          },
        ];
      }),
    );
  },
};
