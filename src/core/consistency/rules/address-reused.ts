import { equalJson } from '../../equal.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import { A, B, C, plain } from './example-values.js';

export const addressReused: ConsistencyRule = {
  id: 'address/reused',
  severity: 'error',
  title: 'Two records of a network share an address',
  meaning:
    'One address is one contract. Several proxies may share an implementation when they are instances of one contract: the same name before #, the same artifact or the same code hash.',
  remedy: 'Find out which record is right and correct the other; give instances of one contract the same `artifact`.',
  fires: { networks: { bsctestnet: { contracts: plain({ FeeManager: A, Token: A }) } } },
  silent: {
    networks: {
      bsctestnet: {
        contracts: {
          core: { 'Vault#usdc': { proxy: A, implementation: C }, 'Vault#usdt': { proxy: B, implementation: C } },
        },
      },
    },
  },
  find: ({ networks }) => networks.flatMap(reusedIn),
};

type Use = { readonly record: CheckedRecord; readonly field: 'proxy' | 'implementation' };

function reusedIn(network: CheckedNetwork): Problem[] {
  const uses = new Map<string, Use>();
  return network.records.flatMap((record) =>
    (['proxy', 'implementation'] as const).flatMap((field): Problem[] => {
      const address = record[field];
      if (address === null) return [];
      const first = uses.get(address);
      if (first === undefined) uses.set(address, { record, field });
      if (first === undefined || first.record === record || areInstances(first, { record, field })) return [];
      return [
        {
          place: placeIn(network, record.pathOf(field)),
          contract: record.name,
          message: `${record.textOf(field)} is the ${field} of ${record.name} and the ${first.field} of ${first.record.name}`,
          related: [placeIn(network, first.record.pathOf(first.field))],
        },
      ];
    }),
  );
}

/** Proxies in front of one implementation. */
function areInstances(a: Use, b: Use): boolean {
  if ([a, b].some(({ record, field }) => field !== 'implementation' || record.proxy === null)) return false;
  const { contract, hash } = a.record;
  const artifact = a.record.field('artifact');
  return (
    contract === b.record.contract ||
    (artifact !== undefined && equalJson(artifact, b.record.field('artifact'))) ||
    (hash !== null && hash === b.record.hash && a.record.scheme === b.record.scheme)
  );
}
