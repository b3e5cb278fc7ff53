import { addressProblem } from '../../values/address.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { sectionAddresses } from '../state/section-addresses.js';
import { A } from './example-values.js';

export const addressChecksum: ConsistencyRule = {
  id: 'address/checksum',
  severity: 'error',
  title: 'An address in a section fails its EIP-55 checksum',
  meaning:
    'Upper and lower case are mixed, but not as EIP-55 says: a digit may be wrong. In records `validate` reports address-checksum.',
  remedy: 'Compare it with its source, and never only re-case it.',
  fires: { networks: { bsctestnet: { configuration: { governance: { vault: A.replace('4d9F', '5d9F') } } } } },
  silent: { networks: { bsctestnet: { configuration: { governance: { vault: A } } } } },
  find: ({ networks }) =>
    networks.flatMap((network) =>
      sectionAddresses(network)
        .filter(({ text }) => addressProblem(text) === 'address-checksum')
        .map(({ path, text }) => ({
          place: placeIn(network, path),
          message: `${text} fails its EIP-55 checksum: a digit may be wrong`,
        })),
    ),
};
