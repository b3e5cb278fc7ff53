import { member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';

export const tierMismatch: ConsistencyRule = {
  id: 'network/tier-mismatch',
  severity: 'warning',
  title: 'A network has the tier of another',
  meaning:
    'networkTier is not what the configuration or the table of known chains says of this chain: rules that keep mainnet and testnet apart judge by it.',
  remedy: 'Correct `networkTier`; if it is meant, set `tier` of the network in stateroot.config.json.',
  fires: { networks: { bscmainnet: { networkTier: 'testnet' } } },
  silent: { networks: { bscmainnet: { networkTier: 'mainnet' }, mynet: { chainId: 777, networkTier: 'devnet' } } },
  find: ({ networks, chains }) =>
    networks.flatMap((network) => {
      const said = member(network.root, 'networkTier');
      const known = chains.tierOf(network);
      if (typeof said !== 'string' || known === null || said === known) return [];
      const message = `${network.name} says ${said}; chain ${network.chainId} is a ${known}`;
      return [{ place: placeIn(network, pointer('networkTier')), message }];
    }),
};
