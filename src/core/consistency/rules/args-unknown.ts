import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import { A, plain } from './example-values.js';

export const argsUnknown: ConsistencyRule = {
  id: 'record/args-unknown',
  severity: 'info',
  title: 'The arguments of a deployment are unknown',
  meaning:
    'Without deploymentArgs nobody can verify the source or deploy the same contract again. `[]` says that there were none.',
  remedy: '`stateroot put <network> <name> --set deploymentArgs=[…]`, from the deploy script or the transaction.',
  fires: { networks: { bsctestnet: { contracts: plain({ Token: A }) } } },
  silent: { networks: { bsctestnet: { contracts: plain({ Token: A }), extended_Token: { deploymentArgs: [] } } } },
  find: ({ networks }) =>
    networks.flatMap((network) =>
      network.records
        .filter((record) => record.field('deploymentArgs') === undefined)
        .map((record) => ({
          place: placeIn(network, record.pathOf('deploymentArgs')),
          contract: record.name,
          message: `${record.name} on ${network.name} has no deploymentArgs`,
        })),
    ),
};
