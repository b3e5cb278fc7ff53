import { compareText } from '../../equal.js';
import { grouped } from '../../grouped.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';

export const protocolSpelling: ConsistencyRule = {
  id: 'protocol/spelling',
  severity: 'info',
  title: 'A protocol is spelled in two ways',
  meaning:
    'Programs compare names letter by letter: layerzero is not layerZero to them. The commoner spelling is taken for the right one.',
  remedy: 'Write it as the other places do.',
  fires: {
    networks: {
      bsctestnet: {
        metadata: {
          protocolsConfigured: ['layerzero'],
          protocolsDeployed: ['layerZero'],
          protocolsEnabled: ['layerZero'],
        },
      },
    },
  },
  silent: {
    networks: { bsctestnet: { metadata: { protocolsDeployed: ['layerZero'], protocolsEnabled: ['layerZero'] } } },
  },
  find: ({ networks }) => {
    const uses = networks.flatMap((network) =>
      [
        ...(network.enabled ?? []),
        ...(network.deployed ?? []),
        ...(network.configured ?? []),
        ...network.settings.values(),
      ].map(({ name, folded, path }) => ({ network, name, folded, path })),
    );
    return [...grouped(uses, ({ folded }) => folded).values()].flatMap((same) => {
      const [usual] = [...grouped(same, ({ name }) => name)].sort(
        ([a, m], [b, n]) => n.length - m.length || compareText(a, b),
      );
      return same
        .filter(({ name }) => name !== usual?.[0])
        .map(({ network, name, path }) => ({
          place: placeIn(network, path, 'key'),
          message: `${name} is spelled ${usual?.[0] ?? ''} elsewhere`,
        }));
    });
  },
};
