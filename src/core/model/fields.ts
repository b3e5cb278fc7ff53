import { type Json, type JsonObject, member } from '../json.js';

/** How a field of two sides is brought together (FORMAT §4). */
type MergeClass = 'identity' | 'code' | 'minimum' | 'annotation' | 'set' | 'atomic' | 'derived';

/** What a known field holds; `object` members and `upgrades` items are not looked into. */
export type FieldForm = 'address' | 'hash' | 'text' | 'array' | 'timestamp' | 'names' | 'object' | 'checksum';

export type KnownField = {
  readonly home: 'entry' | 'extended';
  readonly mergeClass: MergeClass;
  readonly form: FieldForm;
};

/** Every field that FORMAT §4 gives a meaning, in its order, which is also the order people see. */
export const knownFields: ReadonlyMap<string, KnownField> = new Map([
  ['proxy', { home: 'entry', mergeClass: 'identity', form: 'address' }],
  ['implementation', { home: 'entry', mergeClass: 'code', form: 'address' }],
  ['factoryByteCodeHash', extended('code', 'hash')],
  ['implementationHash', extended('code', 'hash')],
  ['hashScheme', extended('code', 'text')],
  ['deploymentArgs', extended('code', 'array')],
  ['timestamp', extended('code', 'timestamp')],
  ['firstDeployedAt', extended('minimum', 'timestamp')],
  ['deployedAt', extended('annotation', 'text')],
  ['aliases', extended('set', 'names')],
  ['source', extended('atomic', 'object')],
  ['artifact', extended('annotation', 'text')],
  ['proxyKind', extended('annotation', 'text')],
  ['deployment', extended('atomic', 'object')],
  ['upgrades', extended('atomic', 'array')],
  ['pendingImplementation', extended('atomic', 'object')],
  ['observed', extended('atomic', 'object')],
  ['retired', extended('atomic', 'object')],
  ['checksum', extended('derived', 'checksum')],
]);

/** Names of views (FORMAT §4.2): never fields of a record. */
export const reservedFields: ReadonlySet<string> = new Set([
  'network',
  'chainId',
  'category',
  'name',
  'contractName',
  'networkName',
  'address',
  'proxyAddress',
]);

/** The address that makes the contract what it is: the proxy, or the implementation of a plain contract. */
export function identityAddress(fields: JsonObject): Json | undefined {
  return member(fields, 'proxy') ?? member(fields, 'implementation');
}

/** Known fields in the order of FORMAT §4, then the others by UTF-16 code unit. */
export function compareFieldNames(a: string, b: string): number {
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}

const order: ReadonlyMap<string, number> = new Map([...knownFields.keys()].map((name, i) => [name, i]));

function rank(name: string): number {
  return order.get(name) ?? order.size;
}

function extended(mergeClass: MergeClass, form: FieldForm): KnownField {
  return { home: 'extended', mergeClass, form };
}
