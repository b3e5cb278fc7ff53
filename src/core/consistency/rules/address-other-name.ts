import { compareText } from '../../equal.js';
import { grouped } from '../../grouped.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import type { CheckedState } from '../state/checked-state.js';
import { A, plain } from './example-values.js';

export const addressOtherName: ConsistencyRule = {
  id: 'address/other-name',
  severity: 'warning',
  title: 'An address is another contract on another network',
  meaning:
    'The same deployer makes the same addresses on every chain, in the order of its transactions: one address under two names is easily pasted into the wrong record.',
  remedy: 'Compare both with the chain. If both are right, waive the finding with a reason.',
  fires: {
    networks: {
      basesepolia: { contracts: plain({ LayerZeroModule: A }) },
      sapphiretestnet: { contracts: plain({ LookCoin: A }) },
    },
  },
  silent: {
    networks: {
      basesepolia: { contracts: plain({ LookCoin: A }) },
      optimismsepolia: { contracts: plain({ 'contracts/LookCoin.sol:LookCoin': A }) },
    },
  },
  find: (state) => {
    const uses = usesByAddress(state);
    return [...uses].flatMap(([, all]) => otherNames(all));
  },
};

type Use = {
  readonly network: CheckedNetwork;
  readonly record: CheckedRecord;
  readonly field: 'proxy' | 'implementation';
};

/** The first use on each network; a second one there is address/reused. */
function usesByAddress({ networks }: CheckedState): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const network of networks) {
    for (const record of network.records) {
      for (const field of ['proxy', 'implementation'] as const) {
        const address = record[field];
        if (address === null) continue;
        const known = uses.get(address);
        if (known === undefined) uses.set(address, [{ network, record, field }]);
        else if (known.at(-1)?.network !== network) known.push({ network, record, field });
      }
    }
  }
  return uses;
}

/** One finding for each name but the commonest one, at its first network. */
function otherNames(uses: readonly Use[]): Problem[] {
  const [first] = uses;
  if (first === undefined || uses.every(({ record }) => record.contract === first.record.contract)) return [];
  const names = grouped(uses, ({ record }) => record.contract);
  const [usual, ...others] = [...names].sort(([a, m], [b, n]) => n.length - m.length || compareText(a, b));
  if (usual === undefined) return [];
  return others.flatMap(([, [use]]): Problem[] => {
    if (use === undefined) return [];
    const { network, record, field } = use;
    const [name, known] = usual;
    return [
      {
        place: placeIn(network, record.pathOf(field)),
        contract: record.name,
        message: `${record.textOf(field)} is ${record.name} on ${network.name} and ${name} on ${listed(known)}`,
        related: known.slice(0, 10).map((each) => placeIn(each.network, each.record.pathOf(each.field))),
      },
    ];
  });
}

function listed(uses: readonly Use[]): string {
  const names = uses.map(({ network }) => network.name);
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
