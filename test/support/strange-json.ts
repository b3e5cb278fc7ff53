import fc from 'fast-check';
import { isObject, type Json, type JsonObject, member } from '../../src/core/json.js';
import { address, codeHash } from './deployments.js';
import { zero } from './older-files.js';

/** The sample with a few members put in or replaced anywhere below the ones that say which file it is. */
export function strange(sample: JsonObject): fc.Arbitrary<JsonObject> {
  const edit = fc.record({ at: fc.nat(40), key: fc.constantFrom(...keys), value: fc.constantFrom<Json>(...values) });
  return fc.array(edit, { maxLength: 6 }).map((edits) =>
    edits.reduce((root: JsonObject, { at, key, value }) => {
      const places = objectsIn(root, []);
      const place = places[at % places.length] ?? [];
      const isFixed = place.length === 0 && fixed.has(key);
      return isFixed ? root : (withValue(root, [...place, key], value) as JsonObject);
    }, sample),
  );
}

const fixed: ReadonlySet<string> = new Set(['network', 'chainId', 'contracts']);
const keys = [
  ...['deployer', 'timestamp', 'deployedAt', 'networkTier', 'environment', 'verification', 'operations', 'metadata'],
  ...['proxy', 'implementation', 'address', 'proxyAddress', 'implementationHash', 'factoryByteCodeHash', 'checksum'],
  ...['deploymentArgs', 'aliases', 'source', 'networkName', 'contractName', 'name', 'category', 'chainId', 'network'],
  ...['config', 'protocols', 'governanceVault', 'layerZeroEndpoint', 'fileVersion', 'extended_Token', 'contracts'],
  ...['Token', 'Vault', 'a/b.sol:Token', 'constructor', '', 'a/b~c', '10', 'contractDetails', 'x-note', 'core'],
];
const values: readonly Json[] = [
  ...[null, '', zero, 'pending', 'text', 0, 1.5, true, [], {}, [1, { a: [null] }], { a: { b: {} } }],
  ...[address('any'), address('token'), address('any').toLowerCase(), codeHash('any'), '0x12', 1754079530056],
  ...[
    '2025-08-01T20:18:50.055Z',
    '1723456789123456789',
    { type: 'BigInt', value: '7' },
    { _type: 'bigint', _value: '7' },
  ],
  ...[`sha256:${'0'.repeat(64)}`, { proxy: address('any') }, { address: address('any'), fields: { note: 1 } }],
  ...[{ currentName: 'Token' }, ['B', 'A'], 'layerzero', 97],
];

function objectsIn(value: Json, path: readonly string[]): (readonly string[])[] {
  if (!isObject(value) || member(value, '_type') !== undefined || member(value, 'type') !== undefined) return [];
  return [path, ...Object.entries(value).flatMap(([key, item]) => objectsIn(item, [...path, key]))];
}

function withValue(root: Json, [key, ...deeper]: readonly string[], value: Json): Json {
  if (key === undefined) return value;
  const object = isObject(root) ? root : {};
  return { ...object, [key]: withValue(member(object, key) ?? {}, deeper, value) };
}
