import { isObject, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { A, plain } from './example-values.js';

export const legacyLeftover: ConsistencyRule = {
  id: 'legacy/leftover',
  severity: 'warning',
  title: 'A file keeps what an older format left',
  meaning:
    'contracts.legacy, or a root key legacy, keeps names and copies from before the unified format: readers take them for records, and nobody updates them.',
  remedy: '`stateroot import unified` turns alias statements into aliases; remove the rest.',
  fires: {
    networks: { bsctestnet: { contracts: { core: {}, legacy: { 'contracts/A.sol:A': { currentName: 'A' } } } } },
  },
  silent: { networks: { bsctestnet: { contracts: plain({ A }), extended_A: { aliases: ['contracts/A.sol:A'] } } } },
  find: ({ networks }) =>
    networks.flatMap((network) => {
      const contracts = member(network.root, 'contracts');
      const places = [
        [pointer('contracts', 'legacy'), isObject(contracts) ? member(contracts, 'legacy') : undefined] as const,
        [pointer('legacy'), member(network.root, 'legacy')] as const,
      ];
      return places.flatMap(([path, value]) => {
        const count = isObject(value) ? Object.keys(value).length : 0;
        if (count === 0) return [];
        const message = `${path.slice(1).replace('/', '.')} holds ${count === 1 ? '1 entry' : `${count} entries`} of an older format`;
        return [{ place: placeIn(network, path, 'key'), message }];
      });
    }),
};
