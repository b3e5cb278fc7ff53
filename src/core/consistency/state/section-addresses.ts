import { foldSpelling } from '../../config/spelling.js';
import { isObject, type Json, type JsonObject } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { isAddressText } from '../../values/address-text.js';
import type { CheckedNetwork } from './checked-network.js';

/** A text of a section at a place where an address belongs, or that is one. */
export type SectionAddress = {
  readonly path: string;
  readonly text: string;
};

/** `metadata`, `configuration`, `topology` and `operations`: the sections that are to hold addresses at all. */
const sections = ['metadata', 'configuration', 'topology', 'operations'];

/** Names whose value is an address in every format that is known here; folded. */
const addressNames: ReadonlySet<string> = new Set([
  'address',
  'admin',
  'deployer',
  'dvn',
  'endpoint',
  'gateway',
  'gaspaymaster',
  'guardian',
  'implementation',
  'interchaingaspaymaster',
  'lookcoin',
  'mailbox',
  'messagebus',
  'migrator',
  'optionaldvns',
  'owner',
  'proxy',
  'proxyaddress',
  'proxyadmin',
  'requireddvns',
  'timelock',
  'treasury',
  'vault',
]);

/** Every one of a network, in the order of the file. */
export function sectionAddresses({ root }: CheckedNetwork): SectionAddress[] {
  return sections.flatMap((section) => {
    const value = Object.hasOwn(root, section) ? root[section] : undefined;
    return isObject(value) ? [...membersOf(value, pointer(section))] : [];
  });
}

function* membersOf(object: JsonObject, path: string): Generator<SectionAddress> {
  for (const [key, value] of Object.entries(object)) {
    if (key.startsWith('x-')) continue;
    yield* valuesOf(value, path + pointer(key), foldSpelling(key));
  }
}

function* valuesOf(value: Json, path: string, name: string): Generator<SectionAddress> {
  if (typeof value === 'string') {
    // `migrator: "consolidate-to-unified"` names a program: only what begins like a number is meant as an address.
    const expected = addressNames.has(name) && /^0x/i.test(value);
    if (expected || isAddressText(value)) yield { path, text: value };
  } else if (isObject(value)) yield* membersOf(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly Json[]).entries()) {
      yield* valuesOf(item, path + pointer(index), name);
    }
  }
}
