import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { kindOf } from './kind-of.js';
import { type LegacyTime, readTime } from './read-time.js';

/**
 * The ContractInfo of the design documents, which stood under `<network>:<address>`, as a ContractType: `name`,
 * `constructorArgs`, `deployedAt` (text of a bigint) and `proxy {proxyAddress, implementationAddress, …}`. What the
 * latter holds besides has no field of its own and stays under `x-proxy`. Else why it cannot be one.
 */
export function fromContractInfo(
  info: JsonObject,
  keyAddress: string,
): { readonly contract: JsonObject } | { readonly reason: string } {
  const proxy = member(info, 'proxy') ?? null;
  if (proxy !== null && !isObject(proxy)) return { reason: `proxy is ${kindOf(proxy)}, not an object` };
  const address = member(info, 'address') ?? keyAddress;
  const proxyAddress = proxy === null ? undefined : (member(proxy, 'proxyAddress') ?? address);
  const implementation = implementationOf(proxy, address, proxyAddress);
  if (!sameAddress(address, keyAddress)) return disagreement('address', address, keyAddress);
  if (!sameAddress(proxyAddress, keyAddress) && !sameAddress(implementation, keyAddress)) {
    return { reason: `neither address in proxy is ${keyAddress}, the address in the key` };
  }
  const time = readDeployedAt(info);
  if ('reason' in time) return time;
  const rest = Object.entries(info).filter(([name]) => !translated.has(name));
  const contract = Object.fromEntries<Json>([
    ...rest,
    ...present('contractName', member(info, 'name')),
    ...present('address', implementation ?? proxyAddress),
    ...present('proxyAddress', proxyAddress),
    ...present('deploymentArgs', member(info, 'constructorArgs')),
    ...Object.entries(time),
    ...present('x-proxy', proxy === null ? undefined : otherMembers(proxy)),
  ]);
  return { contract };
}

/** The way back: a ContractType that came from a ContractInfo, under the address of its key. */
export function toContractInfo(contract: JsonObject, keyAddress: string): JsonObject {
  const proxyAddress = member(contract, 'proxyAddress');
  const implementation = member(contract, 'address');
  const timestamp = member(contract, 'timestamp');
  const extra = member(contract, 'x-proxy');
  const proxy =
    proxyAddress === undefined
      ? undefined
      : Object.fromEntries<Json>([
          ['proxyAddress', proxyAddress],
          ...present('implementationAddress', implementation === proxyAddress ? undefined : implementation),
          ...(isObject(extra) ? Object.entries(extra) : []),
        ]);
  const rest = Object.entries(contract).filter(
    ([name, value]) => !contractTypeOnly.has(name) && !isEmptyHash(name, value),
  );
  return Object.fromEntries<Json>([
    ...present('name', member(contract, 'contractName')),
    ['address', keyAddress],
    ...present(
      'deployedAt',
      member(contract, 'deployedAt') ?? (typeof timestamp === 'number' ? String(timestamp) : timestamp),
    ),
    ...present('constructorArgs', member(contract, 'deploymentArgs')),
    ...present('proxy', proxy),
    ...rest,
  ]);
}

const translated: ReadonlySet<string> = new Set(['name', 'address', 'constructorArgs', 'deployedAt', 'proxy']);
const contractTypeOnly: ReadonlySet<string> = new Set([
  'contractName',
  'chainId',
  'networkName',
  'address',
  'proxyAddress',
  'deploymentArgs',
  'timestamp',
  'deployedAt',
  'x-proxy',
]);

/** ContractType demands this field and writes `""` for unknown; ContractInfo does not know it. */
function isEmptyHash(name: string, value: Json): boolean {
  return name === 'factoryByteCodeHash' && value === '';
}

/** A proxy that does not say where it points: then `address` does, unless it is the proxy's own. */
function implementationOf(proxy: JsonObject | null, address: Json, proxyAddress: Json | undefined): Json | undefined {
  const named = proxy === null ? undefined : member(proxy, 'implementationAddress');
  return named ?? (address === proxyAddress ? undefined : address);
}

function readDeployedAt(info: JsonObject): Partial<LegacyTime> | { readonly reason: string } {
  const given = member(info, 'deployedAt');
  return given === undefined || given === null || given === '' ? {} : readTime('deployedAt', given);
}

function disagreement(field: string, value: Json, key: string): { readonly reason: string } {
  const given = typeof value === 'string' ? shown(value) : kindOf(value);
  return { reason: `${field} is ${given}, but the key says ${key}` };
}

function sameAddress(a: Json | undefined, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}

function otherMembers(proxy: JsonObject): JsonObject | undefined {
  const rest = Object.entries(proxy).filter(([name]) => name !== 'proxyAddress' && name !== 'implementationAddress');
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

function present(name: string, value: Json | undefined): readonly (readonly [string, Json])[] {
  return value === undefined ? [] : [[name, value]];
}
