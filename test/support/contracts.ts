import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ContractType } from '../../src/core/model/contract-type.js';
import { StateManagerError } from '../../src/errors.js';
import type { ContractInfo } from '../../src/managers/istate-manager.js';

const networkNames = new Map([
  [56, 'bscmainnet'],
  [97, 'bsctestnet'],
  [84532, 'basesepolia'],
]);

/** A whole contract, its addresses its own. A change to `undefined` leaves a field out. */
export function sampleContract(contractName: string, chainId: number, changes: object = {}): ContractType {
  const networkName = networkNames.get(chainId);
  const all: Readonly<Record<string, unknown>> = {
    contractName,
    chainId,
    ...(networkName === undefined ? {} : { networkName }),
    address: addressOf(`implementation ${chainId} ${contractName}`),
    factoryByteCodeHash: `0x${'ab'.repeat(32)}`,
    implementationHash: `0x${'cd'.repeat(32)}`,
    proxyAddress: addressOf(`proxy ${chainId} ${contractName}`),
    timestamp: 1_754_079_530_056,
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as ContractType;
}

/** The same in the form of document 000, on any network: proxy and implementation are those of the name alone. */
export function sampleInfo(name: string, changes: object = {}): ContractInfo {
  const address = addressOf(`proxy of ${name}`);
  const all: Readonly<Record<string, unknown>> = {
    name,
    address,
    deployedAt: 1_754_079_530_056n,
    implementationHash: `0x${'cd'.repeat(32)}`,
    constructorArgs: [],
    proxy: { proxyAddress: address, implementationAddress: addressOf(`implementation of ${name}`) },
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as ContractInfo;
}

/** Lower-case, the same for the same text. */
export function addressOf(text: string): string {
  return `0x${createHash('sha256').update(text).digest('hex').slice(0, 40)}`;
}

/** Equal, but for what FORMAT §8 does not promise. */
export function assertSameContract(actual: ContractType | null | undefined, expected: ContractType): void {
  assert.ok(actual !== null && actual !== undefined, `${expected.contractName} is not there`);
  assert.deepEqual(tolerated(actual, expected), tolerated(expected, expected));
}

/** Equal, but for the case of addresses and a checksum that was not given. */
export function assertSameInfo(actual: ContractInfo | null | undefined, expected: ContractInfo): void {
  assert.ok(actual !== null && actual !== undefined, `${expected.name} is not there`);
  const view = ({ address, proxy, ...rest }: ContractInfo) => ({
    ...Object.fromEntries(Object.entries(rest).filter(([field]) => field !== 'checksum')),
    address: address.toLowerCase(),
    proxy: proxy && {
      ...proxy,
      proxyAddress: proxy.proxyAddress.toLowerCase(),
      implementationAddress: proxy.implementationAddress?.toLowerCase(),
    },
  });
  assert.deepEqual(view(actual), view(expected));
}

/** The same contracts in the same order. */
export function assertSameContracts(actual: readonly ContractType[], expected: readonly ContractType[]): void {
  assert.deepEqual(actual.map(keyOf), expected.map(keyOf));
  for (const [index, contract] of expected.entries()) assertSameContract(actual[index], contract);
}

/** With one of these codes; with any, where none is named. Anything but a StateManagerError is a bug. */
export async function refuses(codes: readonly string[], attempt: Promise<unknown>): Promise<StateManagerError> {
  const error: unknown = await attempt.then(
    (value: unknown) => `answered ${String(value)}`,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof StateManagerError, `expected ${codes.join(' or ') || 'a refusal'}, got ${String(error)}`);
  assert.ok(codes.length === 0 || codes.includes(error.code), `expected ${codes.join(' or ')}, got ${error.code}`);
  return error;
}

const known = ['address', 'proxyAddress', 'factoryByteCodeHash', 'implementationHash', 'deploymentArgs', 'timestamp'];

function tolerated(contract: ContractType, expected: ContractType): Record<string, unknown> {
  const own = new Map<string, unknown>(Object.entries(contract));
  for (const field of known) if (own.get(field) === null || own.get(field) === '') own.delete(field);
  if (!own.has('address') && own.has('proxyAddress')) own.set('address', own.get('proxyAddress'));
  for (const field of ['address', 'proxyAddress']) {
    const address = own.get(field);
    if (typeof address === 'string') own.set(field, address.toLowerCase());
  }
  if (expected.networkName === undefined) own.delete('networkName');
  if (!Object.hasOwn(expected, 'checksum')) own.delete('checksum');
  return Object.fromEntries(own);
}

function keyOf({ chainId, contractName }: ContractType): string {
  return `${chainId}-${contractName}`;
}
