import { compareText } from '../../equal.js';
import { grouped } from '../../grouped.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import { A, B, C, D, hashOne, hashTwo, plain } from './example-values.js';

const both = { extended_FeeManager: { implementationHash: hashTwo }, extended_Token: { implementationHash: hashOne } };

export const hashOtherContract: ConsistencyRule = {
  id: 'hash/of-other-contract',
  severity: 'error',
  title: 'A record has the code hash of another contract',
  meaning:
    'The hash is known under another name, and on most networks the contract has another one: hash and implementation were taken from two different contracts.',
  remedy: 'Find out what runs at the implementation address; correct the address or the hash with `put`.',
  fires: {
    networks: {
      basesepolia: { contracts: plain({ FeeManager: A, Token: B }), ...both },
      bsctestnet: {
        contracts: plain({ FeeManager: C, Token: D }),
        ...both,
        extended_Token: { implementationHash: hashTwo },
      },
      optimismsepolia: { contracts: plain({ Token: A }), extended_Token: { implementationHash: hashOne } },
    },
  },
  silent: { networks: { basesepolia: { contracts: plain({ FeeManager: A, Token: B }), ...both } } },
  find: ({ networks }) => {
    const uses = networks.flatMap((network) =>
      network.records.flatMap((record) => (record.hash === null ? [] : [{ network, record, code: codeOf(record) }])),
    );
    const usual = usualCodes(uses);
    return [...grouped(uses, ({ code }) => code).values()].flatMap((sharing) => strangers(sharing, usual));
  },
};

type Use = { readonly network: CheckedNetwork; readonly record: CheckedRecord; readonly code: string };

function codeOf({ hash, scheme }: CheckedRecord): string {
  return JSON.stringify([hash, scheme]);
}

/** Contract → the code that most of its records have; none where two are as common. */
function usualCodes(uses: readonly Use[]): Map<string, string> {
  const usual = new Map<string, string>();
  for (const [contract, own] of grouped(uses, ({ record }) => record.contract)) {
    const [first, second] = [...grouped(own, ({ code }) => code)].sort(([, m], [, n]) => n.length - m.length);
    if (first !== undefined && first[1].length !== second?.[1].length) usual.set(contract, first[0]);
  }
  return usual;
}

/** Records that share a code which is usual for another contract and not for their own. */
function strangers(sharing: readonly Use[], usual: ReadonlyMap<string, string>): Problem[] {
  const owners = sharing.filter(({ record, code }) => usual.get(record.contract) === code);
  const [owner] = owners.sort((a, b) => compareText(a.record.contract, b.record.contract));
  if (owner === undefined) return [];
  return sharing
    .filter(({ record, code }) => (usual.get(record.contract) ?? code) !== code)
    .map(({ network, record }) => ({
      place: placeIn(network, record.pathOf('implementationHash')),
      contract: record.name,
      message: `${record.name} has the code hash ${String(record.hash)}, which is ${owner.record.contract}'s on ${owner.network.name}`,
      related: [placeIn(owner.network, owner.record.pathOf('implementationHash'))],
    }));
}
