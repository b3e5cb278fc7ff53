import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, type NamedProtocol, placeIn } from '../state/checked-network.js';
import { modulesOf, protocolNames } from '../state/modules.js';

export const protocolListsDiffer: ConsistencyRule = {
  id: 'protocol/lists-differ',
  severity: 'warning',
  title: 'The protocol lists of a network disagree',
  meaning:
    'metadata.protocolsDeployed or metadata.protocolsConfigured leave out a protocol that is enabled, or protocolsConfigured names one that is not: one of the lists was not kept up.',
  remedy: 'Bring the lists in line, or remove the one that nobody reads.',
  fires: { networks: { bsctestnet: { metadata: { protocolsConfigured: [], protocolsEnabled: ['celer'] } } } },
  silent: { networks: { bsctestnet: { metadata: { protocolsConfigured: ['celer'], protocolsEnabled: ['celer'] } } } },
  find: ({ networks }) => {
    const names = protocolNames(networks);
    return networks.flatMap((network): Problem[] => {
      const { enabled, deployed, configured } = network;
      if (enabled === null) return [];
      const modules = modulesOf(network, names);
      // A protocol without its contract is protocol/not-deployed.
      const undeclared = without(enabled, deployed).filter(({ folded }) => modules.has(folded));
      return [
        ...problems(network, 'protocolsDeployed', undeclared, []),
        ...problems(
          network,
          'protocolsConfigured',
          without(enabled, configured),
          configured === null ? [] : without(configured, enabled),
        ),
      ];
    });
  },
};

/** Nothing where the other list is not there at all. */
function without(list: readonly NamedProtocol[], other: readonly NamedProtocol[] | null): NamedProtocol[] {
  if (other === null) return [];
  const named = new Set(other.map(({ folded }) => folded));
  return list.filter(({ folded }) => !named.has(folded));
}

function problems(
  network: CheckedNetwork,
  list: string,
  missing: readonly NamedProtocol[],
  extra: readonly NamedProtocol[],
): Problem[] {
  const parts = [
    ...(missing.length === 0 ? [] : [`leaves out ${named(missing)}, enabled there`]),
    ...(extra.length === 0 ? [] : [`lists ${named(extra)}, not enabled there`]),
  ];
  if (parts.length === 0) return [];
  const message = `${list} of ${network.name} ${parts.join(' and ')}`;
  return [{ place: placeIn(network, pointer('metadata', list)), message }];
}

function named(protocols: readonly NamedProtocol[]): string {
  return protocols.map(({ name }) => name).join(', ');
}
