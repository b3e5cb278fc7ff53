import type { ConsistencyRule } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { endpointOf } from '../state/protocol-endpoints.js';
import { sectionAddresses } from '../state/section-addresses.js';
import { isZeroAddress } from '../state/zero-address.js';
import { A } from './example-values.js';

export const addressZero: ConsistencyRule = {
  id: 'address/zero',
  severity: 'warning',
  title: 'A section holds the zero address',
  meaning:
    'Whoever reads it sends to nobody. An absent member says unknown or unused. The endpoint of a protocol that is enabled is protocol/not-configured; in records `validate` reports address-zero.',
  remedy: 'Leave the member out, or write the address.',
  fires: { networks: { bsctestnet: { configuration: { governance: { vault: '0x0' } } } } },
  silent: { networks: { bsctestnet: { configuration: { governance: { vault: A } } } } },
  find: ({ networks }) =>
    networks.flatMap((network) => {
      const needed = new Set((network.enabled ?? []).map(({ folded }) => endpointPath(network, folded)));
      return sectionAddresses(network)
        .filter(({ path, text }) => isZeroAddress(text) && !needed.has(path))
        .map(({ path, text }) => ({
          place: placeIn(network, path),
          message: `${text} is the zero address: an absent member says unknown`,
        }));
    }),
};

function endpointPath({ settings }: CheckedNetwork, protocol: string): string | null {
  const own = settings.get(protocol);
  return own === undefined ? null : (endpointOf(own)?.path ?? null);
}
