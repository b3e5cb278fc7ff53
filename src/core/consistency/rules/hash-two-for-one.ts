import { grouped } from '../../grouped.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import { A, B, C, hashOne, hashTwo } from './example-values.js';

const proxies = { core: { 'Vault#a': { proxy: A, implementation: C }, 'Vault#b': { proxy: B, implementation: C } } };

export const hashTwoForOne: ConsistencyRule = {
  id: 'hash/two-for-one',
  severity: 'error',
  title: 'One implementation has two code hashes',
  meaning:
    'Two records of one chain name the same implementation and different hashes under the same hash scheme: one contract has one code, so one of them is wrong.',
  remedy: 'Compare with the chain (or build it again) and correct the wrong hash with `put`.',
  fires: {
    networks: {
      bsctestnet: {
        contracts: proxies,
        'extended_Vault#a': { implementationHash: hashOne },
        'extended_Vault#b': { implementationHash: hashTwo },
      },
    },
  },
  silent: {
    networks: {
      bsctestnet: {
        contracts: proxies,
        'extended_Vault#a': { implementationHash: hashOne },
        'extended_Vault#b': { implementationHash: hashOne },
      },
    },
  },
  find: ({ networks }) => {
    const uses = networks.flatMap((network) =>
      network.records.flatMap((record) =>
        record.implementation === null || record.hash === null ? [] : [{ network, record }],
      ),
    );
    const key = ({ network, record }: Use): string =>
      JSON.stringify([network.chainId, record.implementation, record.scheme]);
    return [...grouped(uses, key).values()].flatMap(differing);
  },
};

type Use = { readonly network: CheckedNetwork; readonly record: CheckedRecord };

function differing([first, ...others]: readonly Use[]): Problem[] {
  if (first === undefined) return [];
  return others
    .filter(({ record }) => record.hash !== first.record.hash)
    .map(({ network, record }) => ({
      place: placeIn(network, record.pathOf('implementationHash')),
      contract: record.name,
      message: `${record.textOf('implementation')} has the hash ${String(record.hash)} here and ${String(first.record.hash)} as ${first.record.name} on ${first.network.name}`,
      related: [placeIn(first.network, first.record.pathOf('implementationHash'))],
    }));
}
