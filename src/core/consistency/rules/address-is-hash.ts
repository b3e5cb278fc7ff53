import { isObject, type Json, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { addressProblem } from '../../values/address.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import { sectionAddresses } from '../state/section-addresses.js';
import { A, B, hashOne, plain } from './example-values.js';

export const addressIsHash: ConsistencyRule = {
  id: 'address/is-hash',
  severity: 'error',
  title: 'A hash stands where an address belongs',
  meaning:
    'In a section, or in upgrades, pendingImplementation or observed of a record. For proxy and implementation themselves `validate` reports address-hash.',
  remedy: 'Write the address, and the hash in the member that is called so.',
  fires: {
    networks: {
      bsctestnet: {
        contracts: plain({ Token: A }),
        extended_Token: { pendingImplementation: { implementation: hashOne } },
      },
    },
  },
  silent: {
    networks: {
      bsctestnet: { contracts: plain({ Token: A }), extended_Token: { pendingImplementation: { implementation: B } } },
    },
  },
  find: ({ networks }) =>
    networks.flatMap((network) => [
      ...inSections(network),
      ...network.records.flatMap((record) => inRecord(network, record)),
    ]),
};

function inSections(network: CheckedNetwork): Problem[] {
  return sectionAddresses(network)
    .filter(({ text }) => addressProblem(text) === 'address-hash')
    .map(({ path, text }) => ({
      place: placeIn(network, path),
      message: `${text} is a hash; an address belongs here`,
    }));
}

/** The members of atomic fields that hold an address; their form is not checked by the format (FORMAT §4.1). */
function inRecord(network: CheckedNetwork, record: CheckedRecord): Problem[] {
  const upgrades = record.field('upgrades');
  const places: [string, Json | undefined][] = [
    ...(Array.isArray(upgrades) ? (upgrades as readonly Json[]) : []).map((item, at): [string, Json | undefined] => [
      record.pathOf('upgrades') + pointer(at, 'implementation'),
      isObject(item) ? member(item, 'implementation') : undefined,
    ]),
    ...(['pendingImplementation', 'observed'] as const).map((field): [string, Json | undefined] => {
      const value = record.field(field);
      return [
        record.pathOf(field) + pointer('implementation'),
        isObject(value) ? member(value, 'implementation') : undefined,
      ];
    }),
  ];
  return places.flatMap(([path, value]): Problem[] => {
    if (typeof value !== 'string' || addressProblem(value) !== 'address-hash') return [];
    const message = `${value} is a hash; an address belongs here`;
    return [{ place: placeIn(network, path), contract: record.name, message }];
  });
}
