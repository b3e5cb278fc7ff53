import { addressProblem } from '../../values/address.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { sectionAddresses } from '../state/section-addresses.js';
import { A } from './example-values.js';

export const addressCase: ConsistencyRule = {
  id: 'address/case',
  severity: 'warning',
  title: 'An address in a section has no checksum',
  meaning:
    'All its letters have one case, so EIP-55 does not guard it against a typing mistake. Sections are never re-cased by `fmt`; in records `validate` reports address-case.',
  remedy: 'Write it in EIP-55 form, as block explorers show it.',
  fires: { networks: { bsctestnet: { configuration: { governance: { vault: A.toLowerCase() } } } } },
  silent: { networks: { bsctestnet: { configuration: { governance: { vault: A } } } } },
  find: ({ networks }) =>
    networks.flatMap((network) =>
      sectionAddresses(network)
        .filter(({ text }) => addressProblem(text) === 'address-case')
        .map(({ path, text }) => ({
          place: placeIn(network, path),
          message: `${text} is not in EIP-55 form`,
        })),
    ),
};
