import { type JsonObject, member } from '../json.js';
import { objectMembers } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { withMember } from './members.js';
import { addressIn, sameAddress } from './plain-values.js';

/** A proxy that v1 names outside of `contracts`: `protocolContracts.feeManager` is FeeManager. */
export type Mention = { readonly name: string; readonly proxy: string; readonly path: string };

/** All of them, in the order of the file. */
export function mentionsOf(root: JsonObject): Mention[] {
  return sections.flatMap((section) =>
    objectMembers(member(root, section)).flatMap(([key, value]) => {
      const proxy = addressIn({ value }, 'value');
      return proxy === undefined ? [] : [{ name: nameOfKey(key), proxy, path: pointer(section, key) }];
    }),
  );
}

/** Whether a contract is the one that is mentioned: by its name, or by one of its addresses under another. */
export function isMentioned(name: string, contract: JsonObject, mention: Mention): boolean {
  return name === mention.name || hasAddress(contract, mention.proxy);
}

/** Without the mentions of a contract that goes: it would still be there by them. */
export function withoutMentions(root: JsonObject, contract: JsonObject): JsonObject {
  let next = root;
  for (const section of sections) {
    for (const [key, value] of objectMembers(member(root, section))) {
      if (typeof value === 'string' && hasAddress(contract, value)) next = withMember(next, section, key, undefined);
    }
  }
  return next;
}

const sections = ['protocolContracts', 'infrastructureContracts'];

function nameOfKey(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}

function hasAddress(contract: JsonObject, address: string): boolean {
  return ['proxyAddress', 'address'].some((field) => sameAddress(addressIn(contract, field), address));
}
