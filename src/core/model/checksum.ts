import { createHash } from 'node:crypto';
import { compareText } from '../equal.js';
import type { Json, JsonObject } from '../json.js';
import { rfc8785 } from '../text/rfc8785.js';
import { recased } from '../values/address.js';
import { lowerHash } from '../values/hash.js';
import type { StateRecord } from './record.js';

/** What a record is called and where it stands. As the file has it: `chainId` may be what it should not be. */
export type Identity = {
  readonly network: Json;
  readonly chainId: Json;
  readonly category: string;
  readonly name: string;
};

/** The text that a record's checksum hashes (FORMAT §7): neither layout nor the home of a field enters it. */
export function recordPreimage(record: StateRecord): string {
  return preimage(record, record.fields);
}

/** `sha256:` and 64 hex digits. */
export function recordChecksum(record: StateRecord): string {
  return sha256(recordPreimage(record));
}

/** The record with the checksum it should have. */
export function sealRecord(record: StateRecord): StateRecord {
  return { ...record, fields: { ...record.fields, checksum: recordChecksum(record) } };
}

/** The checksum of a record of a file whose `network` or `chainId` may be of any type. */
export function fieldsChecksum(identity: Identity, fields: JsonObject): string {
  return sha256(preimage(identity, fields));
}

/** The full checksum of a root section (FORMAT §7). */
export function sectionChecksum(section: {
  readonly network: Json;
  readonly chainId: Json;
  readonly section: string;
  readonly value: Json;
}): string {
  const { network, chainId, value } = section;
  return sha256(rfc8785({ network, chainId, section: section.section, value }));
}

/** A field in the case that `fmt` gives it: the two addresses and the two hashes of §4 (FORMAT §7). */
export function inFileCase(field: string, value: Json): Json {
  if (typeof value !== 'string') return value;
  if (field === 'proxy' || field === 'implementation') return recased(value);
  if (field === 'factoryByteCodeHash' || field === 'implementationHash') return lowerHash(value);
  return value;
}

function preimage({ network, chainId, category, name }: Identity, fields: JsonObject): string {
  const covered = Object.entries(fields)
    .filter(([field]) => field !== 'checksum')
    .map(([field, value]): [string, Json] => [field, inFileCase(field, value)]);
  const members = Object.entries({ ...Object.fromEntries(covered), network, chainId, category, name });
  // In the order of RFC 8785, which has then nothing to sort.
  return rfc8785(Object.fromEntries(members.sort(([a], [b]) => compareText(a, b))));
}

function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}
