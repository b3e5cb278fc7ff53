import type { ConsistencyRule, Place, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import { modulesOf, protocolNames } from '../state/modules.js';
import { endpointOf, isUsable } from '../state/protocol-endpoints.js';
import { A, plain } from './example-values.js';

const enabling = (...protocols: string[]) => ({
  contracts: plain({ HyperlaneModule: A }),
  metadata: { protocolsEnabled: protocols },
});

export const protocolNotEnabled: ConsistencyRule = {
  id: 'protocol/not-enabled',
  severity: 'warning',
  title: 'A protocol is deployed or configured and not enabled',
  meaning:
    'Its module is recorded, it is listed as deployed, or its endpoint is configured, and metadata.protocolsEnabled does not list it.',
  remedy: 'Enable it, or remove what is left of it.',
  fires: {
    networks: { bsctestnet: enabling('layerZero'), sapphiretestnet: { metadata: { protocolsEnabled: ['hyperlane'] } } },
  },
  silent: { networks: { bsctestnet: enabling('hyperlane') } },
  find: ({ networks }) => {
    const names = protocolNames(networks);
    return networks.flatMap((network) => leftIn(network, modulesOf(network, names)));
  },
};

/** One finding for each protocol: the contract first, then the configuration, then the list. */
function leftIn(network: CheckedNetwork, modules: ReadonlyMap<string, CheckedRecord>): Problem[] {
  if (network.enabled === null) return [];
  const enabled = new Set(network.enabled.map(({ folded }) => folded));
  const evidence = new Map<string, { place: Place; contract?: string; what: string }>();
  for (const { name, folded, path } of network.deployed ?? []) {
    evidence.set(folded, { place: placeIn(network, path), what: `${name} is listed as deployed` });
  }
  for (const settings of network.settings.values()) {
    const endpoint = endpointOf(settings);
    if (endpoint === null || !isUsable(endpoint)) continue;
    evidence.set(settings.folded, { place: placeIn(network, endpoint.path), what: `${settings.name} is configured` });
  }
  for (const [folded, { name, path }] of modules) {
    evidence.set(folded, { place: placeIn(network, path, 'key'), contract: name, what: `${name} is deployed` });
  }
  return [...evidence]
    .filter(([folded]) => !enabled.has(folded))
    .map(([, { what, ...about }]) => ({
      ...about,
      message: `${what} on ${network.name}, and its protocol is not enabled`,
    }));
}
