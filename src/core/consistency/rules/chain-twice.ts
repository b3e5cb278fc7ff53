import { equalJson } from '../../equal.js';
import { grouped } from '../../grouped.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { A, B, plain } from './example-values.js';

export const chainTwice: ConsistencyRule = {
  id: 'network/chain-twice',
  severity: 'error',
  title: 'One chain has two files',
  meaning:
    'Chain id and environment name one network (FORMAT §1): with two files nobody knows which address is the right one, and they drift apart.',
  remedy: 'Merge the records into one file and delete the other, or give one of them an `environment`.',
  fires: {
    networks: {
      sapphiremainnet: { chainId: 23295, contracts: plain({ Token: A }) },
      sapphiretestnet: { contracts: plain({ Token: B }) },
    },
  },
  silent: {
    networks: {
      bscmainnet: {},
      'bscmainnet.staging': { chainId: 56, environment: 'staging' },
    },
  },
  find: ({ byChain }) =>
    [...byChain].flatMap(([chainId, networks]) => {
      const environments = grouped(networks, ({ environment }) => environment);
      return chainId === 0 ? [] : [...environments.values()].flatMap((same) => twins(same, chainId));
    }),
};

/** The file that is called as the chain is called stands; the others are the ones to look at. */
function twins(networks: readonly CheckedNetwork[], chainId: number): Problem[] {
  const [kept, ...others] = networks;
  if (kept === undefined) return [];
  return others.map((network) => {
    const differing = differences(network, kept);
    const drift = differing === 0 ? 'with the same addresses' : `and they differ in ${counted(differing)}`;
    return {
      place: placeIn(network, pointer('chainId')),
      message: `Chain ${chainId} is in ${kept.name} too, ${drift}`,
      related: [placeIn(kept, pointer('chainId'))],
    };
  });
}

function differences(a: CheckedNetwork, b: CheckedNetwork): number {
  const others = new Map(b.records.map((record) => [record.name, record]));
  const shared = a.records.filter((record) => {
    const other = others.get(record.name);
    return (
      other === undefined ||
      other.proxy !== record.proxy ||
      other.implementation !== record.implementation ||
      !equalJson(other.field('implementationHash'), record.field('implementationHash'))
    );
  });
  const own = new Set(a.records.map(({ name }) => name));
  return shared.length + b.records.filter(({ name }) => !own.has(name)).length;
}

function counted(records: number): string {
  return records === 1 ? '1 record' : `${records} records`;
}
