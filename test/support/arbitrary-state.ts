import fc from 'fast-check';
import type { Json, JsonObject } from '../../src/core/json.js';
import { sealRecord } from '../../src/core/model/checksum.js';
import { emptyNetworkFile, type NetworkFile, withRecord } from '../../src/core/model/network-file.js';
import type { StateRecord } from '../../src/core/model/record.js';
import type { Snapshot } from '../../src/core/snapshot.js';
import { checksumAddress } from '../../src/core/values/address.js';

/** The nth address of a small world, in EIP-55 form; never zero. */
export function address(n: number): string {
  return checksumAddress(`0x${(n + 0xa0).toString(16).padStart(40, '0')}`);
}

/** The nth code hash. */
export function hash(n: number): string {
  return `0x${n.toString(16).padStart(64, '0')}`;
}

/** A record on `examplenet` (chain 4242), category core; sealed unless told otherwise. */
export function record(name: string, fields: JsonObject, place: Partial<StateRecord> = {}): StateRecord {
  return sealRecord({ network: 'examplenet', chainId: 4242, category: 'core', name, fields, ...place });
}

/** `examplenet` with these records. */
export function fileWith(...records: readonly StateRecord[]): NetworkFile {
  return records.reduce(withRecord, emptyNetworkFile({ network: 'examplenet', chainId: 4242 }));
}

export function snapshotOf(...files: readonly NetworkFile[]): Snapshot {
  return { networks: new Map(files.map((file) => [file.network, file])), refused: [] };
}

const names = ['Token', 'Router', 'lib/Router.sol:Router', 'Vault#usdc', 'toString', 'constructorOf', '10', '9'];

/** The addresses and fields of a record; small domains, so that two of them often agree in part. */
export function arbitraryFields(): fc.Arbitrary<JsonObject> {
  const addresses = fc.oneof(
    fc.record({ implementation: fc.integer({ min: 0, max: 3 }).map(address) }),
    fc.record({ proxy: fc.integer({ min: 4, max: 6 }).map(address) }),
    fc.record({
      proxy: fc.integer({ min: 4, max: 6 }).map(address),
      implementation: fc.integer({ min: 0, max: 3 }).map(address),
    }),
  );
  const others = fc.record(
    {
      implementationHash: fc.integer({ min: 1, max: 3 }).map(hash),
      deploymentArgs: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 2 }),
      timestamp: fc.constantFrom(1754079530056, 1754079530057),
      firstDeployedAt: fc.constantFrom(1754079530000, 1754079530001),
      artifact: fc.constantFrom('a.sol:A', 'b.sol:B'),
      aliases: fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 }).map((items) => items.sort()),
      observed: fc.integer({ min: 0, max: 2 }).map((blockNumber) => ({ blockNumber })),
      note: fc.constantFrom<Json>(null, 'x', { deep: [1, { y: true }] }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  return fc.tuple(addresses, others).map(([entry, extended]) => ({ ...entry, ...extended }));
}

export function arbitraryRecord(): fc.Arbitrary<StateRecord> {
  return fc
    .tuple(fc.constantFrom(...names), fc.constantFrom('core', 'protocol', 'constructor'), arbitraryFields())
    .map(([name, category, fields]) => record(name, fields, { category }));
}

/** A network file with up to five records and a few sections. */
export function arbitraryFile(): fc.Arbitrary<NetworkFile> {
  const sections = fc.record(
    {
      configuration: fc.dictionary(fc.constantFrom('a', 'b', 'toString'), fc.constantFrom<Json>(1, [1], { c: null }), {
        noNullPrototype: true,
      }),
      'x-own': fc.constantFrom<Json>(0, { z: 1 }),
      extended_Orphan: fc.constant({ implementationHash: hash(9) }),
    },
    { requiredKeys: [], noNullPrototype: true },
  );
  return fc.tuple(fc.array(arbitraryRecord(), { maxLength: 5 }), sections).map(([records, extra]) => {
    const file = fileWith(...records);
    return { ...file, root: { ...file.root, ...extra } };
  });
}
