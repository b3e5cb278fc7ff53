import { equalJson } from '../../equal.js';
import { grouped } from '../../grouped.js';
import type { ConsistencyRule } from '../rule.js';
import { placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import { A, B, hashOne, plain } from './example-values.js';

const hashes = {
  extended_FeeManager: { implementationHash: hashOne },
  extended_Token: { implementationHash: hashOne },
};

export const hashShared: ConsistencyRule = {
  id: 'hash/shared',
  severity: 'info',
  title: 'Two implementations have one code hash',
  meaning:
    'Two contracts of different names on one network have the same code at different addresses: instances of one contract, or a hash that was copied. Instances that name the same `artifact`, or are called <contract>#<instance>, are not reported.',
  remedy: 'Give instances of one contract the same `artifact`; correct a copied hash with `put`.',
  fires: { networks: { bsctestnet: { contracts: plain({ FeeManager: A, Token: B }), ...hashes } } },
  silent: {
    networks: {
      bsctestnet: {
        contracts: plain({ FeeManager: A, Token: B }),
        extended_FeeManager: { artifact: 'src/Proxy.sol:Proxy', implementationHash: hashOne },
        extended_Token: { artifact: 'src/Proxy.sol:Proxy', implementationHash: hashOne },
      },
    },
  },
  find: ({ networks }) =>
    networks.flatMap((network) => {
      const hashed = network.records.filter(({ hash, implementation }) => hash !== null && implementation !== null);
      return [...grouped(hashed, ({ hash, scheme }) => JSON.stringify([hash, scheme])).values()].flatMap(
        ([first, ...others]) =>
          others
            .filter(
              (record) =>
                first !== undefined && record.implementation !== first.implementation && !isSameContract(record, first),
            )
            .map((record) => ({
              place: placeIn(network, record.pathOf('implementationHash')),
              contract: record.name,
              message: `${record.name} has the code hash of ${first?.name ?? ''} at another address: ${String(record.hash)}`,
              related: first === undefined ? [] : [placeIn(network, first.pathOf('implementationHash'))],
            })),
      );
    }),
};

function isSameContract(a: CheckedRecord, b: CheckedRecord): boolean {
  const artifact = a.field('artifact');
  return a.contract === b.contract || (artifact !== undefined && equalJson(artifact, b.field('artifact')));
}
