import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { sealFile } from '../../../src/core/model/seal.js';
import { checksumAddress } from '../../../src/core/values/address.js';

const hexText = (digits: number) =>
  fc
    .array(fc.constantFrom(...Array.from('0123456789abcdef')), { minLength: digits, maxLength: digits })
    .map((found) => `0x${found.join('')}`);

export const address = hexText(40)
  .filter((text) => !/^0x0{40}$/.test(text))
  .map(checksumAddress);
const hash = hexText(64);
const time = fc.integer({ min: 1_000_000_000_000, max: 99_999_999_999_999 });
const bigint = fc.bigInt().map((value): Json => ({ _type: 'bigint', _value: String(value) }));
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    bigint,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b/c', '~', '10', '9', 'constructor', ''), tie('value'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).value;

const fields = fc.record(
  {
    factoryByteCodeHash: hash,
    implementationHash: hash,
    hashScheme: fc.constantFrom('creation-nometa', 'runtime-nometa'),
    deploymentArgs: fc.array(json, { maxLength: 3 }),
    timestamp: time,
    firstDeployedAt: time,
    deployedAt: fc.string(),
    artifact: fc.constant('contracts/T.sol:T'),
    deployment: fc.constant({ blockNumber: 5 }),
    'x-note': json,
    unknownField: json,
  },
  { requiredKeys: [], noNullPrototype: true },
);

const addresses = fc
  .tuple(address, address)
  .filter(([a, b]) => a !== b)
  .chain(([proxy, implementation]) =>
    fc.constantFrom<JsonObject>({ implementation }, { proxy }, { proxy, implementation }),
  );

const names = ['Token', 'FeeManager', 'contracts/a/Router.sol:Router', 'Vault#usdc', '10', '9', 'toString'];
const categories = ['core', 'protocol', 'infrastructure', 'legacy'];

/** Sealed network files in normal form without any finding. */
export const validRoot: fc.Arbitrary<JsonObject> = fc
  .record({
    chainId: fc.integer({ min: 1 }),
    records: fc.uniqueArray(
      fc.record({ name: fc.constantFrom(...names), category: fc.constantFrom(...categories), addresses, fields }),
      { selector: ({ name }) => name, maxLength: 5 },
    ),
    sections: fc.record({ metadata: section(), configuration: section(), topology: section() }),
    extra: fc.dictionary(fc.constantFrom('x-team', 'notes'), json, { noNullPrototype: true }),
  })
  .map(({ chainId, records, sections, extra }) => {
    const contracts = new Map<string, JsonObject>([['core', {}]]);
    const extended: [string, Json][] = [];
    for (const record of records) {
      contracts.set(record.category, { ...contracts.get(record.category), [record.name]: record.addresses });
      extended.push([`extended_${record.name}`, record.fields]);
    }
    const root: JsonObject = {
      schemaVersion: '3.0.0',
      fileVersion: 1,
      network: 'examplenet',
      chainId,
      ...sections,
      ...extra,
      contracts: Object.fromEntries(contracts),
      ...Object.fromEntries(extended),
    };
    return sealFile(root).root;
  });

function section(): fc.Arbitrary<JsonObject> {
  return fc.dictionary(fc.constantFrom('a', 'b', 'c/d'), json, { maxKeys: 2, noNullPrototype: true });
}

/** The same value with the members of every object in another order. */
export function shuffled(value: Json, seed: number): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => shuffled(item, seed));
  const members = Object.entries(value as JsonObject);
  const turn = members.length === 0 ? 0 : seed % members.length;
  return Object.fromEntries(
    [...members.slice(turn), ...members.slice(0, turn)].map(([key, item]) => [key, shuffled(item, seed)]),
  );
}
