import { shown } from '../../shown.js';
import { addressProblem } from '../../values/address.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { sectionAddresses } from '../state/section-addresses.js';
import { isZeroAddress } from '../state/zero-address.js';
import { A } from './example-values.js';

export const addressMalformed: ConsistencyRule = {
  id: 'address/malformed',
  severity: 'error',
  title: 'A section holds an address that is none',
  meaning:
    '0x and 40 hexadecimal digits are an address; a cut or doubled digit makes another number. In records `validate` reports address-format.',
  remedy: 'Copy the address again from its source.',
  fires: { networks: { bsctestnet: { metadata: { deployer: A.slice(0, -1) } } } },
  silent: { networks: { bsctestnet: { metadata: { deployer: A } } } },
  find: ({ networks }) =>
    networks.flatMap((network) =>
      sectionAddresses(network)
        .filter(({ text }) => addressProblem(text) === 'address-format' && !isZeroAddress(text))
        .map(({ path, text }) => ({
          place: placeIn(network, path),
          message: `${shown(text)} is no address: not 0x and 40 hexadecimal digits`,
        })),
    ),
};
