import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { modulesOf, protocolNames } from '../state/modules.js';
import { A, plain } from './example-values.js';

const celer = { metadata: { protocolsEnabled: ['celer'] } };
const withModule = { ...celer, contracts: plain({ CelerIMModule: A }) };

export const protocolNotDeployed: ConsistencyRule = {
  id: 'protocol/not-deployed',
  severity: 'error',
  title: 'A protocol is enabled or listed as deployed, and its contract is not there',
  meaning:
    'Other networks have the module of the protocol (CelerIMModule for celer), or metadata.protocolsDeployed does not list the protocol: callers are routed to a contract that does not exist.',
  remedy: 'Deploy and record the module, or take the protocol out of metadata.',
  fires: { networks: { bsctestnet: withModule, sapphiretestnet: celer } },
  silent: { networks: { bsctestnet: withModule, sapphiretestnet: withModule } },
  find: ({ networks }) => {
    const names = protocolNames(networks);
    const modules = new Map(networks.map((network) => [network, modulesOf(network, names)]));
    const modular = new Set([...modules.values()].flatMap((own) => [...own.keys()]));
    return networks.flatMap((network) => missingIn(network, new Set(modules.get(network)?.keys()), modular));
  },
};

function missingIn(network: CheckedNetwork, own: ReadonlySet<string>, modular: ReadonlySet<string>): Problem[] {
  const deployed = network.deployed === null ? null : new Set(network.deployed.map(({ folded }) => folded));
  const enabled = new Set(network.enabled?.map(({ folded }) => folded));
  return [
    ...(network.enabled ?? [])
      .filter(({ folded }) => !own.has(folded) && (modular.has(folded) || deployed?.has(folded) === false))
      .map(({ name, folded }) => ({
        place: placeIn(network, pointer('metadata', 'protocolsEnabled')),
        message: `${name} is enabled on ${network.name}, and ${modular.has(folded) ? 'its module is not there' : 'protocolsDeployed does not list it'}`,
      })),
    ...(network.deployed ?? [])
      .filter(({ folded }) => !own.has(folded) && modular.has(folded) && !enabled.has(folded))
      .map(({ name, path }) => ({
        place: placeIn(network, path),
        message: `${name} is listed as deployed on ${network.name}, and its module is not there`,
      })),
  ];
}
