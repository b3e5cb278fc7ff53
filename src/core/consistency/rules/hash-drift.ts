import { compareText } from '../../equal.js';
import { grouped } from '../../grouped.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import { A, B, C, hashOne, hashTwo, plain } from './example-values.js';

const scheme = 'creation-nometa';

export const hashDrift: ConsistencyRule = {
  id: 'hash/drift',
  severity: 'warning',
  title: 'A contract has another code than on most networks',
  meaning:
    'One finding for each code but the commonest one, at its first network. Hashes are compared only under equal hash schemes; where records name none it is an info, because two schemes give one code two hashes (FORMAT §4).',
  remedy: 'Upgrade the networks that are behind, or waive the finding until they are.',
  fires: {
    networks: {
      basesepolia: {
        contracts: plain({ Token: A }),
        extended_Token: { hashScheme: scheme, implementationHash: hashOne },
      },
      bsctestnet: {
        contracts: plain({ Token: B }),
        extended_Token: { hashScheme: scheme, implementationHash: hashOne },
      },
      optimismsepolia: {
        contracts: plain({ Token: C }),
        extended_Token: { hashScheme: scheme, implementationHash: hashTwo },
      },
    },
  },
  silent: {
    networks: {
      basesepolia: {
        contracts: plain({ Token: A }),
        extended_Token: { hashScheme: scheme, implementationHash: hashOne },
      },
      bsctestnet: {
        contracts: plain({ Token: B }),
        extended_Token: { hashScheme: 'runtime-nometa', implementationHash: hashTwo },
      },
    },
  },
  find: ({ networks }) => {
    const uses = networks.flatMap((network) =>
      network.records.flatMap((record) => (record.hash === null ? [] : [{ network, record, hash: record.hash }])),
    );
    return [...grouped(uses, ({ record }) => JSON.stringify([record.name, record.scheme])).values()].flatMap(drift);
  },
};

type Use = { readonly network: CheckedNetwork; readonly record: CheckedRecord; readonly hash: string };

function drift(uses: readonly Use[]): Problem[] {
  const versions = [...grouped(uses, ({ hash }) => hash)];
  if (versions.length < 2) return [];
  versions.sort(([a, m], [b, n]) => n.length - m.length || compareText(a, b));
  const [usual, ...others] = versions;
  return others.flatMap(([hash, running]): Problem[] => {
    const [first] = running;
    if (usual === undefined || first === undefined) return [];
    const { name } = first.record;
    return [
      {
        place: placeIn(first.network, first.record.pathOf('implementationHash')),
        contract: name,
        message: `${name} has code ${shortHash(hash)} on ${listed(running)}, and ${shortHash(usual[0])} on ${listed(usual[1])}`,
        related: running
          .slice(1, 10)
          .map(({ network, record }) => placeIn(network, record.pathOf('implementationHash'))),
        ...(first.record.scheme === null ? { severity: 'info' } : {}),
      },
    ];
  });
}

function shortHash(hash: string): string {
  return hash.slice(2, 10);
}

function listed(uses: readonly Use[]): string {
  const names = uses.map(({ network }) => network.name);
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
