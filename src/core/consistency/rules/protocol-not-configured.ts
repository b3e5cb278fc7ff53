import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { endpointOf, isUsable } from '../state/protocol-endpoints.js';
import { A } from './example-values.js';

const celer = (settings: { readonly messageBus: string }) => ({
  configuration: { protocols: { celer: settings } },
  metadata: { protocolsEnabled: ['celer'] },
});

export const protocolNotConfigured: ConsistencyRule = {
  id: 'protocol/not-configured',
  severity: 'error',
  title: 'A protocol is enabled and not configured',
  meaning:
    'configuration.protocols has no such protocol, or its endpoint (endpoint of layerZero, messageBus of celer, mailbox of hyperlane) is missing or zero.',
  remedy: 'Write the address of the endpoint on this chain, or take the protocol out of metadata.protocolsEnabled.',
  fires: { networks: { bsctestnet: celer({ messageBus: '0x0' }) } },
  silent: {
    networks: { bsctestnet: celer({ messageBus: A }), basesepolia: { metadata: { protocolsEnabled: ['ownBridge'] } } },
  },
  find: ({ networks }) => {
    const configuredSomewhere = new Set(networks.flatMap(({ settings }) => [...settings.keys()]));
    return networks.flatMap((network) =>
      (network.enabled ?? []).flatMap(({ name, folded }) =>
        problemOf(network, name, folded, configuredSomewhere.has(folded)),
      ),
    );
  },
};

/** A protocol that no network configures needs no configuration. */
function problemOf(network: CheckedNetwork, name: string, folded: string, isConfigurable: boolean): Problem[] {
  const settings = network.settings.get(folded);
  if (settings === undefined) {
    if (!isConfigurable) return [];
    const message = `${name} is enabled on ${network.name} and not configured`;
    return [{ place: placeIn(network, pointer('configuration', 'protocols', name)), message }];
  }
  const endpoint = endpointOf(settings);
  if (endpoint === null || isUsable(endpoint)) return [];
  const message = `${name} is enabled on ${network.name}, and its ${endpoint.key} is ${endpoint.value === undefined ? 'missing' : 'zero'}`;
  return [{ place: placeIn(network, endpoint.path), message }];
}
