import { type Json, type JsonObject, member } from '../../json.js';
import { isAddressText } from '../../values/address-text.js';
import { addressProblem } from '../../values/address.js';

export type ContractAddresses = { readonly proxy: string | undefined; readonly implementation: string | undefined };

/** Whatever says them, lower-case; an address that is the proxy's own says nothing of an implementation. */
export function addressesOf(fields: ReadonlyMap<string, { readonly value: Json }>): ContractAddresses {
  const said = (field: string): string | undefined => usable(fields.get(field)?.value);
  const proxy = said('proxy') ?? said('proxyAddress');
  const address = said('implementation') ?? said('address');
  return { proxy, implementation: address === proxy ? undefined : address };
}

/** `addressesOf` an object that holds them. */
export function addressesIn(fields: JsonObject): ContractAddresses {
  const found = ['proxy', 'proxyAddress', 'implementation', 'address'].flatMap((field) => {
    const value = member(fields, field);
    return value === undefined ? [] : [[field, { value }] as const];
  });
  return addressesOf(new Map(found));
}

/** Whether both are of the contract that is called at one and the same address, whatever its code (FORMAT §10.8). */
export function isAtSameAddress(a: JsonObject, b: JsonObject): boolean {
  const [one, other] = [addressesIn(a), addressesIn(b)];
  const called = one.proxy ?? one.implementation;
  return called !== undefined && called === (other.proxy ?? other.implementation);
}

/** Whether two sets of addresses can be of one contract at one code: nothing known on both sides differs. */
export function isSameContract(a: ContractAddresses, b: ContractAddresses): boolean {
  if (isAlone(a, b) || isAlone(b, a)) return true;
  const isDifferent = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other;
  if (isDifferent(a.proxy, b.proxy) || isDifferent(a.implementation, b.implementation)) return false;
  const shared = a.proxy !== undefined && a.proxy === b.proxy;
  const known = a.implementation !== undefined && a.implementation === b.implementation;
  const nothing = [a, b].some(({ proxy, implementation }) => proxy === undefined && implementation === undefined);
  return shared || known || nothing;
}

/** The one address of `a` is the proxy of `b`. */
function isAlone(a: ContractAddresses, b: ContractAddresses): boolean {
  return a.proxy === undefined && a.implementation !== undefined && a.implementation === b.proxy;
}

function usable(value: Json | undefined): string | undefined {
  if (typeof value !== 'string' || !isAddressText(value) || addressProblem(value) === 'address-zero') return undefined;
  return value.toLowerCase();
}
