import { equalJson } from '../equal.js';
import { isObject, type Json, member } from '../json.js';
import { isAddressText } from '../values/address-text.js';
import { type Danger, worstDanger } from './change.js';

const owners = word('owner|pendingowner|admin|proxyadmin|governor|governance|multisig|timelock|guardian');
const endpoints = word(
  '(?:lz)?endpoint|endpointid|eid|lzchainid|mailbox|messagebus|gateway|remotes|peers|trustedremotes',
);

/**
 * Who controls a contract, or whom it believes across chains, is another than before: told by the names of the keys that
 * lead to the value. What is set for the first time, and a list that only grows, are no such change.
 */
export function controlDanger(
  path: readonly string[],
  before: Json | undefined,
  after: Json | undefined,
): Danger | null {
  if (isUnset(before) || sameValue(before, after) || isGrown(before, after)) return null;
  if (isObject(before) && isObject(after)) {
    return worstDanger(
      Object.keys(before).map((key) => controlDanger([...path, key], member(before, key), member(after, key))),
    );
  }
  if (path.some((key) => owners.test(key))) return 'owner-changed';
  return path.some((key) => endpoints.test(key)) ? 'endpoint-changed' : null;
}

function word(names: string): RegExp {
  return new RegExp(`^(?:${names})$`, 'i');
}

function isUnset(value: Json | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && /^(?:0x)?0*$/.test(value));
}

function sameValue(before: Json | undefined, after: Json | undefined): boolean {
  if (typeof before !== 'string' || typeof after !== 'string') return equalJson(before, after);
  return before === after || (isAddressText(before) && before.toLowerCase() === after.toLowerCase());
}

function isGrown(before: Json | undefined, after: Json | undefined): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const items = after as readonly Json[];
  return (before as readonly Json[]).every((item) => items.some((other) => equalJson(item, other)));
}
