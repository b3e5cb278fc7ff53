import { isObject, type Json, type JsonObject, member } from '../json.js';
import { readTime } from '../legacy/read-time.js';
import { reservedFields, knownFields } from '../model/fields.js';
import { addressIn, sameAddress } from './plain-values.js';

/**
 * What an entry `{proxy, implementation}` of v1 or enhanced says, as ContractType (document 001): `proxy` equal to
 * `implementation` is a contract without proxy. Other members are fields of the contract, names of views are not.
 */
export function contractOfEntry(
  { name, chainId, network }: { readonly name: string; readonly chainId: number; readonly network: string },
  entry: JsonObject,
  { hash, deploymentArgs, time }: { hash: string | undefined; deploymentArgs?: Json | undefined; time: JsonObject },
): JsonObject {
  const proxy = addressIn(entry, 'proxy') ?? addressIn(entry, 'proxyAddress');
  const implementation =
    addressIn(entry, 'implementation') ?? (proxy === undefined ? addressIn(entry, 'address') : undefined);
  const own = ownTime(entry);
  return {
    contractName: name,
    chainId,
    networkName: network,
    ...present('address', implementation ?? proxy),
    ...present('proxyAddress', sameAddress(proxy, implementation) ? undefined : proxy),
    factoryByteCodeHash: hash ?? '',
    ...present('implementationHash', hash),
    ...present('deploymentArgs', deploymentArgs),
    ...(own ?? time),
    ...Object.fromEntries(Object.entries(entry).filter(([field]) => isFieldOfEntry(field))),
  };
}

/** The addresses of an entry for a contract; null where it has none. */
export function addressesOfEntry(contract: JsonObject): JsonObject | null {
  const address = addressIn(contract, 'address');
  const proxy = addressIn(contract, 'proxyAddress');
  if (proxy === undefined) return address === undefined ? null : { proxy: address, implementation: address };
  return address === undefined || sameAddress(address, proxy) ? { proxy } : { proxy, implementation: address };
}

/**
 * Members of an entry that nobody here wrote: a write leaves them, with the value the contract has for them. Those that are
 * known describe what is being replaced.
 */
export function foreignMembers(entry: JsonObject, contract: JsonObject, isOurs: (name: string) => boolean): JsonObject {
  const foreign = Object.entries(entry).filter(([name]) => !isOurs(name));
  return Object.fromEntries(foreign.map(([name, value]) => [name, member(contract, name) ?? value]));
}

/** Members of an entry that a write replaces. */
export function isKnownMember(name: string): boolean {
  return knownFields.has(name) || reservedFields.has(name);
}

function isFieldOfEntry(name: string): boolean {
  return name !== 'proxy' && name !== 'implementation' && name !== 'timestamp' && !reservedFields.has(name);
}

function ownTime(entry: JsonObject): JsonObject | null {
  const said = ['timestamp', 'deployedAt'].flatMap((field) => {
    const value = member(entry, field);
    const read = value === undefined || isObject(value) ? { reason: '' } : readTime(field, value);
    return 'reason' in read ? [] : [{ timestamp: read.timestamp }];
  });
  return said[0] ?? null;
}

function present(name: string, value: Json | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
