import { member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { linksOf } from '../state/links.js';

export const peerMismatch: ConsistencyRule = {
  id: 'topology/peer-mismatch',
  severity: 'error',
  title: 'Name or tier of a peer are those of another chain',
  meaning: 'A peer says one chain id, and the name or the tier of another: one of them was copied.',
  remedy: 'Correct the one that is wrong; the name and the tier may also be left out.',
  fires: { networks: { basesepolia: { topology: { connectedChains: [{ chainId: 97, network: 'bscmainnet' }] } } } },
  silent: {
    networks: {
      basesepolia: { topology: { connectedChains: [{ chainId: 97, network: 'bscTestnet', networkTier: 'testnet' }] } },
    },
  },
  find: (state) => {
    const byName = new Map(state.networks.map((network) => [network.name, network.chainId]));
    return state.networks.flatMap((network) =>
      linksOf(network, state).flatMap(({ peer: { entry, path }, chainId, target }): Problem[] => {
        if (chainId === null) return [];
        const tier = target === null ? state.chains.tierOfChain(chainId) : state.tierOf(target);
        const said = member(entry, 'networkTier');
        const wrongTier =
          typeof said === 'string' && said !== '' && tier !== null && said !== tier
            ? [
                {
                  place: placeIn(network, path + pointer('networkTier')),
                  message: `The peer ${state.chains.nameOf(chainId)} is called a ${said}; it is a ${tier}`,
                },
              ]
            : [];
        const wrongNames = ['network', 'networkName'].flatMap((key): Problem[] => {
          const name = member(entry, key);
          if (typeof name !== 'string' || name === '' || name === target?.name) return [];
          const meant = byName.get(name) ?? state.chains.chainOfName(name);
          if (meant === null || meant === chainId) return [];
          const message = `The peer ${chainId} is called ${name}, which is chain ${meant}`;
          return [{ place: placeIn(network, path + pointer(key)), message }];
        });
        return [...wrongNames, ...wrongTier];
      }),
    );
  },
};
