import { isObject, type Json, member } from '../../json.js';
import { objectMembers } from '../../model/placed-record.js';
import { pointer } from '../../text/pointer.js';
import { isAddressText } from '../../values/address-text.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedRecord } from '../state/checked-record.js';
import { A, hashOne } from './example-values.js';

export const hashIsAddress: ConsistencyRule = {
  id: 'hash/is-address',
  severity: 'error',
  title: 'An address stands where a hash belongs',
  meaning:
    'In verification.implementationHashes, or in upgrades, pendingImplementation or observed of a record. For the code hashes of a record themselves `validate` reports hash-format.',
  remedy: 'Write the code hash, or leave the member out.',
  fires: { networks: { bsctestnet: { verification: { implementationHashes: { Token: A } } } } },
  silent: { networks: { bsctestnet: { verification: { implementationHashes: { Token: hashOne } } } } },
  find: ({ networks }) =>
    networks.flatMap((network) => [
      ...inVerification(network),
      ...network.records.flatMap((record) => inRecord(network, record)),
    ]),
};

function inVerification(network: CheckedNetwork): Problem[] {
  const verification = member(network.root, 'verification');
  const hashes = isObject(verification) ? member(verification, 'implementationHashes') : undefined;
  return objectMembers(hashes).flatMap(([name, value]) =>
    problem(network, pointer('verification', 'implementationHashes', name), value, name),
  );
}

function inRecord(network: CheckedNetwork, record: CheckedRecord): Problem[] {
  const upgrades = record.field('upgrades');
  const pending = record.field('pendingImplementation');
  const observed = record.field('observed');
  return [
    ...(Array.isArray(upgrades) ? (upgrades as readonly Json[]) : []).flatMap((item, at) =>
      problem(
        network,
        record.pathOf('upgrades') + pointer(at, 'implementationHash'),
        memberOf(item, 'implementationHash'),
        record.name,
      ),
    ),
    ...problem(
      network,
      record.pathOf('pendingImplementation') + pointer('implementationHash'),
      memberOf(pending, 'implementationHash'),
      record.name,
    ),
    ...problem(network, record.pathOf('observed') + pointer('codeHash'), memberOf(observed, 'codeHash'), record.name),
  ];
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? member(value, key) : undefined;
}

function problem(network: CheckedNetwork, path: string, value: Json | undefined, contract: string): Problem[] {
  if (typeof value !== 'string' || !isAddressText(value)) return [];
  return [{ place: placeIn(network, path), contract, message: `${value} is an address; a code hash belongs here` }];
}
