import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/core/json.js';
import { sealFile } from '../../../src/core/model/seal.js';
import { checksumAddress } from '../../../src/core/values/address.js';

const mixed = '0x7842539CE6B6d2051BEbC7CCF7e3e61f4765998F';
const known = ['1', '2', '3', '4'].map((digit) => checksumAddress(`0x${'abcdef01'.repeat(4)}${digit.repeat(8)}`));
const hashes = ['a', 'b'].map((digit) => `0x${digit.repeat(64)}`);

/** Rarely anything odd: a file where everything is wrong has no records left to go wrong with. */
function mostly(good: fc.Arbitrary<Json>, ...odd: readonly Json[]): fc.Arbitrary<Json> {
  return fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
}

const address = mostly(
  fc.constantFrom(...known, ...known.map((one) => one.toLowerCase()), mixed),
  mixed.replace('D', 'd'),
  `0x${'0'.repeat(40)}`,
  hashes[0] ?? '',
  '0x12',
  '',
  null,
  7,
);
const hash = mostly(
  fc.constantFrom(...hashes, (hashes[0] ?? '').toUpperCase().replace('X', 'x')),
  'pending',
  '',
  null,
  5,
);
const time = mostly(
  fc.constantFrom<Json>(1754079530056, 1754079530, '1754079530056', '1723456789123456789', '2025-08-01T20:18:50.056Z'),
  'last tuesday',
  1.5,
  -1,
  null,
  '',
  { _type: 'bigint', _value: '1723456789123456789' },
);
/** `huge` stands for a number token that no double holds (`withHugeNumbers`). */
const huge = 'HUGE';
const anything = fc.constantFrom<Json>(
  'text',
  0.5,
  null,
  [],
  {},
  [1, ['a']],
  { '10': 1, '9': [true] },
  { type: 'BigInt', value: '5' },
  { _type: 'bigint', _value: '12' },
  huge,
);
const odder = mostly(anything, { _type: 'bigint', _value: 'x' });

const names = [
  'Token',
  'Router',
  'contracts/x/Router.sol:Router',
  'contracts/y/Router.sol:Router',
  'contracts/z/Vault.sol:Vault',
  'constructor.sol:constructor',
  'Old',
  '10',
  'toString',
  'no name!',
];
const aName = fc.constantFrom(...names);

const entryFields = {
  proxy: address,
  implementation: address,
  address,
  proxyAddress: address,
  timestamp: time,
  deployedAt: fc.constantFrom<Json>('2025-08-01T20:18:50.056Z', 'then', 5),
  note: odder,
};
const entry = fc.oneof(
  { weight: 14, arbitrary: fc.record(entryFields, { requiredKeys: ['implementation'], noNullPrototype: true }) },
  { weight: 2, arbitrary: fc.record(entryFields, { requiredKeys: [], noNullPrototype: true }) },
  { weight: 1, arbitrary: fc.constantFrom<Json>('0x1', null, [], {}) },
);
const extended = mostly(
  fc.record(
    {
      ...entryFields,
      implementation: fc.constantFrom(...known),
      factoryByteCodeHash: hash,
      implementationHash: hash,
      hashScheme: mostly(fc.constant('creation-nometa'), '', 5),
      deploymentArgs: mostly(fc.array(anything, { maxLength: 2 }), null, 'none'),
      firstDeployedAt: time,
      aliases: mostly(fc.array(aName, { maxLength: 3 }), 'Old', [], [5]),
      source: mostly(fc.record({ contractName: aName, kind: fc.constant('hand') }, { requiredKeys: [] }), 'old'),
      contractName: mostly(aName, 5),
      networkName: mostly(fc.constantFrom('examplenet', 'Example Net'), 5),
      chainId: fc.constantFrom<Json>(4242, 56),
      category: fc.constantFrom('core', 'other'),
      checksum: fc.constantFrom<Json>('3cfb33a25c84c9e1', `sha256:${'0'.repeat(64)}`, null),
      constructor: anything,
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
  'text',
  null,
);

const statement = fc.record(
  { currentName: mostly(aName, 5), currentCategory: fc.constantFrom('core', 'protocol'), since: fc.constant('then') },
  { requiredKeys: ['currentName'], noNullPrototype: true },
);
const category = mostly(fc.dictionary(aName, entry, { maxKeys: 4, noNullPrototype: true }), [], null, 'none');
const contracts = mostly(
  fc.record(
    {
      core: category,
      protocol: category,
      legacy: fc.dictionary(aName, fc.oneof(statement, entry), { maxKeys: 2, noNullPrototype: true }),
      Bad: fc.dictionary(aName, entry, { maxKeys: 1, noNullPrototype: true }),
    },
    { requiredKeys: ['core', 'protocol'], noNullPrototype: true },
  ),
  [],
  null,
);
const section = mostly(
  fc.dictionary(fc.constantFrom('b', '10', '9', 'a'), odder, { maxKeys: 3, noNullPrototype: true }),
  5,
  null,
  [{ _type: 'bigint', _value: 'x' }, 1],
);
const checksumText = fc.constantFrom<Json>('3cfb33a25c84c9e1', `sha256:${'1'.repeat(64)}`, 'sha256:no', '', 5);
const verification = mostly(
  fc.record(
    {
      implementationHashes: fc.dictionary(aName, hash, { maxKeys: 3, noNullPrototype: true }),
      dataIntegrity: fc.record({
        checksums: fc.dictionary(
          fc.constantFrom('contracts', 'configuration', 'topology', 'verification'),
          checksumText,
          {
            maxKeys: 3,
            noNullPrototype: true,
          },
        ),
      }),
      contractVerification: section,
    },
    { requiredKeys: [], noNullPrototype: true },
  ),
  [],
);

const parts = fc
  .record(
    {
      schemaVersion: fc.constant('3.0.0'),
      fileVersion: mostly(fc.constant(3), '3', -1),
      network: mostly(fc.constant('examplenet'), 'Example Net', 5),
      chainId: mostly(fc.constant(4242), '4242', 0),
      networkTier: mostly(fc.constant('testnet'), 5),
      environment: mostly(fc.constant('staging'), 'Not One'),
      metadata: section,
      configuration: section,
      topology: section,
      operations: section,
      verification,
      contracts,
      'x-unknown': odder,
    },
    { requiredKeys: ['schemaVersion', 'contracts'], noNullPrototype: true },
  )
  .map((root): JsonObject => root);

/** Roots of 3.0.0 files as other tools and people have left them; some records and sections are sealed as ours are. */
export const habits: fc.Arbitrary<JsonObject> = fc
  .tuple(parts, fc.dictionary(aName, extended, { maxKeys: 6, noNullPrototype: true }), fc.boolean())
  .map(([root, objects, isSealed]) => {
    const whole = {
      ...root,
      ...Object.fromEntries(Object.entries(objects).map(([n, value]) => [`extended_${n}`, value])),
    };
    return isSealed ? sealFile(whole).root : whole;
  });

/** JSON text of a root, with number tokens where `HUGE` stands. */
export function habitText(root: JsonObject): string {
  return JSON.stringify(root, null, 1).replaceAll(`"${huge}"`, '12345678901234567890');
}
