import { isObject, type Json, type JsonObject, member } from '../json.js';
import { fromContractInfo, toContractInfo } from '../legacy/contract-info.js';
import { readTime } from '../legacy/read-time.js';
import { objectMembers } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { isAddressText } from '../values/address-text.js';
import { foreignMembers, isKnownMember } from './by-name.js';
import { detailsFor, detailsMember, withDetails } from './details.js';
import { inOrderOf, objectIn, withMember } from './members.js';
import type { PlainContract, PlainContracts } from './plain-contract.js';
import type { PlainFile, PlainProblem } from './plain-file.js';
import { addressIn, derivedTime, hashIn, sameAddress } from './plain-values.js';
import { addressTaken, nameTwice, noAddress } from './refuse-plain.js';

/** @see plainContracts */
export function readV2(file: PlainFile): PlainContracts {
  const problems: PlainProblem[] = [];
  const contracts: PlainContract[] = [];
  for (const [key, info] of objectMembers(member(file.root, 'contracts'))) {
    const path = pointer('contracts', key);
    const read = isObject(info) ? baseOf(file, key, info) : { reason: 'is no object' };
    if (!isObject(info) || 'reason' in read) {
      problems.push({ path, message: 'reason' in read ? read.reason : 'is no object' });
      continue;
    }
    const details = member(info, detailsMember);
    const { name, base } = read;
    contracts.push({ name, path, base, entry: info, details, contract: withDetails(base, details) });
  }
  return { contracts, problems };
}

/** @see putPlain */
export function putV2(file: PlainFile, name: string, contract: JsonObject): PlainFile {
  const oldKey = keyOfName(file, name);
  const all = objectIn(file.root, 'contracts');
  const old = oldKey === undefined ? {} : objectIn(all, oldKey);
  const key = keyFor(file, name, contract, oldKey);
  const info = inOrderOf(old, {
    ...toContractInfo(infoFields(contract), key),
    ...foreignMembers(old, contract, isInfoMember),
  });
  const read = baseOf(file, key, info);
  if ('reason' in read) throw new TypeError(`what was made for v2 cannot be read: ${read.reason}`);
  const details = detailsFor(contract, read.base);
  const entry: JsonObject = details === null ? info : { ...info, [detailsMember]: details };
  const left =
    oldKey === undefined || oldKey === key ? file.root : withMember(file.root, 'contracts', oldKey, undefined);
  return { ...file, root: withMember(left, 'contracts', key, entry) };
}

/** @see deletePlain */
export function deleteV2(file: PlainFile, name: string): PlainFile {
  const key = keyOfName(file, name);
  return key === undefined ? file : { ...file, root: withMember(file.root, 'contracts', key, undefined) };
}

/** As ContractType; why it is none. */
function baseOf(
  file: PlainFile,
  key: string,
  info: JsonObject,
): { readonly name: string; readonly base: JsonObject } | { readonly reason: string } {
  if (!isAddressText(key)) return { reason: 'does not stand under an address' };
  const name = member(info, 'name');
  if (typeof name !== 'string') return { reason: 'has no name' };
  const read = fromContractInfo(readable(info), key);
  if ('reason' in read) return { reason: read.reason };
  const said = Object.entries(read.contract).filter(([field]) => field !== 'chainId' && field !== 'networkName');
  const hasTime = Object.hasOwn(read.contract, 'timestamp');
  const time = hasTime ? {} : derivedTime(file.root, ['lastDeployed', 'timestamp']);
  const place = { contractName: name, chainId: file.chainId, networkName: file.network };
  return { name, base: { ...place, factoryByteCodeHash: '', ...Object.fromEntries(said), ...time } };
}

/** Without what says "unknown" in so many words, and without a proxy that is the implementation. */
function readable(info: JsonObject): JsonObject {
  const proxy = member(info, 'proxy');
  const members = Object.entries(info).filter(
    ([name, value]) =>
      name !== detailsMember &&
      name !== 'contractName' &&
      !(name === 'proxy' && isObject(value) && isPlain(value)) &&
      !(hashNames.includes(name) && hashIn(info, name) === undefined),
  );
  if (!isObject(proxy) || isPlain(proxy) || addressIn(proxy, 'implementationAddress') !== undefined)
    return Object.fromEntries(members);
  const known = Object.entries(proxy).filter(([name]) => name !== 'implementationAddress');
  return { ...Object.fromEntries(members), proxy: Object.fromEntries(known) };
}

function isPlain(proxy: JsonObject): boolean {
  return sameAddress(addressIn(proxy, 'proxyAddress'), addressIn(proxy, 'implementationAddress'));
}

/** Throws NAME_AMBIGUOUS. */
function keyOfName(file: PlainFile, name: string): string | undefined {
  const keys = objectMembers(member(file.root, 'contracts'))
    .filter(([, info]) => isObject(info) && member(info, 'name') === name)
    .map(([key]) => key);
  if (keys.length > 1) throw nameTwice(file, name, keys);
  return keys[0];
}

/** The proxy, else the implementation where another contract stands under the proxy. Throws RECORD_INVALID, ADDRESS_AMBIGUOUS. */
function keyFor(file: PlainFile, name: string, contract: JsonObject, oldKey: string | undefined): string {
  const addresses = ['proxyAddress', 'address'].flatMap((field) => addressIn(contract, field) ?? []);
  const [first] = addresses;
  if (first === undefined) throw noAddress(file, name);
  const keys = Object.keys(objectIn(file.root, 'contracts'));
  const keyAt = (address: string) => keys.find((key) => sameAddress(key, address));
  const free = addresses.find((address) => [undefined, oldKey].includes(keyAt(address)));
  if (free !== undefined) return keyAt(free) ?? free;
  const key = keyAt(first) ?? first;
  throw addressTaken(file, name, nameAt(file, key), key);
}

function nameAt(file: PlainFile, key: string): string {
  const name = member(objectIn(objectIn(file.root, 'contracts'), key), 'name');
  return typeof name === 'string' ? name : key;
}

/** What document 000 has a member for, in the names of ContractType, where the value is one that it can hold. */
function infoFields(contract: JsonObject): JsonObject {
  const proxyAddress = addressIn(contract, 'proxyAddress');
  return Object.fromEntries(
    Object.entries(contract).filter(([field, value]) => {
      if (value === null) return false;
      if (field === 'address' || field === 'proxyAddress') return addressIn(contract, field) !== undefined;
      if (field === 'timestamp' || field === 'deployedAt') return isTime(value);
      if (field === 'x-proxy')
        return (
          proxyAddress !== undefined && isObject(value) && !proxyMembers.some((name) => Object.hasOwn(value, name))
        );
      if (hashNames.includes(field)) return hashIn(contract, field) !== undefined;
      return field === 'contractName' || field === 'deploymentArgs' || field === 'metadata';
    }),
  );
}

function isTime(value: Json): boolean {
  return !('reason' in readTime('deployedAt', typeof value === 'number' ? String(value) : value));
}

const hashNames: readonly string[] = ['implementationHash', 'factoryByteCodeHash'];
const proxyMembers: readonly string[] = ['proxyAddress', 'implementationAddress'];
const infoMembers: ReadonlySet<string> = new Set([
  'name',
  'address',
  'constructorArgs',
  'proxy',
  'metadata',
  detailsMember,
]);

/** Members that a write replaces; whatever else stands in an entry stays. */
function isInfoMember(name: string): boolean {
  return infoMembers.has(name) || isKnownMember(name);
}
