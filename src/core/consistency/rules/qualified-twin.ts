import { isObject, member } from '../../json.js';
import { shortName } from '../../model/names.js';
import { objectMembers } from '../../model/placed-record.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import { A, B, plain } from './example-values.js';

export const qualifiedTwin: ConsistencyRule = {
  id: 'record/qualified-twin',
  severity: 'warning',
  title: 'A contract stands under its qualified and its short name',
  meaning:
    '`lib/A.sol:A` and `A` on one network, as records or as keys of verification.implementationHashes: a deploy script that looks up the one does not see what the other says.',
  remedy:
    'Keep the short name with the qualified one under `source.contractName`; `import unified` folds files that are not in normal form.',
  fires: { networks: { bsctestnet: { contracts: plain({ Router: A, 'contracts/Router.sol:Router': B }) } } },
  silent: {
    networks: {
      bsctestnet: {
        contracts: plain({ Router: A }),
        extended_Router: { source: { contractName: 'contracts/Router.sol:Router' } },
      },
    },
  },
  find: ({ networks }) => networks.flatMap((network) => [...twinRecords(network), ...twinHashes(network)]),
};

function twinRecords(network: CheckedNetwork): Problem[] {
  const byName = new Map(network.records.map((record) => [record.name, record]));
  return network.records.flatMap((record): Problem[] => {
    const short = shortName(record.name);
    const twin = short === record.name ? undefined : byName.get(short);
    if (twin === undefined) return [];
    const isSame = twin.proxy === record.proxy && twin.implementation === record.implementation;
    return [
      {
        place: placeIn(network, record.path, 'key'),
        contract: record.name,
        message: `${record.name} stands here as ${short} too, ${isSame ? 'with the same addresses' : 'with other addresses'}`,
        related: [placeIn(network, twin.path, 'key')],
      },
    ];
  });
}

function twinHashes(network: CheckedNetwork): Problem[] {
  const verification = member(network.root, 'verification');
  const hashes = isObject(verification) ? member(verification, 'implementationHashes') : undefined;
  if (!isObject(hashes)) return [];
  return objectMembers(hashes).flatMap(([name, hash]): Problem[] => {
    const short = shortName(name);
    if (short === name || !Object.hasOwn(hashes, short)) return [];
    const at = (key: string): string => pointer('verification', 'implementationHashes', key);
    const isSame = hash === member(hashes, short);
    return [
      {
        place: placeIn(network, at(name), 'key'),
        contract: short,
        message: `The hash of ${short} stands under ${name} too, ${isSame ? 'equal' : 'and they differ'}`,
        related: [placeIn(network, at(short), 'key')],
      },
    ];
  });
}
