import { grouped } from '../../grouped.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { A, B, C, plain } from './example-values.js';

export const recordMissing: ConsistencyRule = {
  id: 'record/missing',
  severity: 'warning',
  title: "A contract of the tier's set is missing",
  meaning:
    'More than half of the networks of the tier (three at least) have it, and this one has not. Contracts in the category protocol follow the protocols that are enabled: see protocol/not-deployed.',
  remedy: 'Deploy it and record it, or waive the finding for this network.',
  fires: {
    networks: {
      basesepolia: { contracts: plain({ Token: A, Oracle: B }) },
      bsctestnet: { contracts: plain({ Token: C, Oracle: A }) },
      optimismsepolia: { contracts: plain({ Token: B }) },
    },
  },
  silent: {
    networks: {
      basesepolia: { contracts: plain({ Token: A, Oracle: B }) },
      bscmainnet: { contracts: plain({ Token: B }) },
      bsctestnet: { contracts: plain({ Token: C }) },
      optimismsepolia: { contracts: plain({ Token: B }) },
    },
  },
  find: (state) => {
    // A network without records is one that is being set up.
    const tierFor = (network: CheckedNetwork): string | null => state.tierOf(network);
    const used = state.networks.filter((network) => tierFor(network) !== null && network.records.length > 0);
    return [...grouped(used, tierFor)].flatMap(([tier, same]) => (same.length < 3 ? [] : missingIn(same, tier ?? '')));
  },
};

function missingIn(networks: readonly CheckedNetwork[], tier: string): Problem[] {
  const names = networks.flatMap(({ records }) => [...new Set(records.filter(isExpected).map(({ name }) => name))]);
  const expected = [...grouped(names, (name) => name)].filter(([, found]) => found.length * 2 > networks.length);
  return networks.flatMap((network) => {
    const own = new Set(network.records.map(({ name }) => name));
    return expected
      .filter(([name]) => !own.has(name))
      .map(([name]) => ({
        place: placeIn(network, pointer('contracts')),
        contract: name,
        // Without a count: one more network would make an old finding look new.
        message: `${network.name} has no ${name}; most ${tier} networks have it`,
      }));
  });
}

function isExpected({ category }: { readonly category: string }): boolean {
  return category !== 'protocol' && category !== 'legacy';
}
