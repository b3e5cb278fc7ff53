import type { ConfiguredNetwork } from '../../config/config.js';
import { configPath } from '../../layout.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';

const networks = [{ chainId: 777, name: 'mynet' }];

export const configAdded: ConsistencyRule = {
  id: 'config/added',
  severity: 'info',
  title: 'The configuration adds a network, alias or category',
  meaning: 'What only adds counts at once, and is shown because it says what names mean.',
  remedy: 'Nothing to do when it is meant.',
  fires: { config: {}, proposed: { networks } },
  silent: { config: { networks }, proposed: { networks } },
  find: ({ root, config, proposed }) => {
    if (proposed === null) return [];
    const known = new Map(config.networks.map((network) => [network.name, network]));
    const at = (path: string, message: string): Problem => ({
      place: { network: '', file: configPath(root), path },
      message,
    });
    return [
      ...proposed.networks.flatMap((network, index) => {
        const what = addition(network, known.get(network.name));
        return what === null ? [] : [at(pointer('networks', index), `The network ${network.name} ${what}`)];
      }),
      ...[...proposed.categories]
        .filter(([name, category]) => config.categories.get(name) !== category)
        .map(([name, category]) => at(pointer('categories', name), `${name} is written to ${category}`)),
    ];
  },
};

function addition(network: ConfiguredNetwork, known: ConfiguredNetwork | undefined): string | null {
  const aliases = network.aliases.filter((alias) => known?.aliases.includes(alias) !== true);
  if (known === undefined) return network.chainId === undefined ? 'is new' : `is new, chain ${network.chainId}`;
  const changed = (['chainId', 'tier', 'environment'] as const).filter((key) => network[key] !== known[key]);
  const parts = [
    ...changed.map((key) => `has another ${key}: ${network[key] ?? 'none'}`),
    ...(aliases.length === 0 ? [] : [`is also called ${aliases.join(', ')}`]),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}
