import { StateManagerError } from '../../errors.js';
import { compareText } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { pointer } from '../text/pointer.js';
import { addressProblem } from '../values/address.js';
import { hashProblem } from '../values/hash.js';
import { inFileCase } from './checksum.js';
import { type FieldForm, knownFields, reservedFields } from './fields.js';
import { recordNameProblem } from './names.js';
import type { StateRecord } from './record.js';

/** Something that keeps fields from being a record; `path` is a pointer into the record's fields. */
export type FieldProblem = { readonly path: string; readonly message: string };

/** Throws RECORD_INVALID with every problem in `details.problems`; the message names the first. */
export function assertRecordFields(record: StateRecord): void {
  refuseFields(record, fieldProblems(record.fields));
}

/** Throws RECORD_INVALID unless `problems` is empty. */
export function refuseFields(
  place: { readonly network: string; readonly name: string },
  problems: readonly FieldProblem[],
): void {
  const [first, ...rest] = problems;
  if (first === undefined) return;
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more)`;
  throw new StateManagerError(
    'RECORD_INVALID',
    `${shown(place.name)} on ${shown(place.network)} cannot be recorded: ${first.path} ${first.message}${more}`,
    { hint: 'stateroot get <network> <name> --json shows the form of a record', details: { problems } },
  );
}

/** What FORMAT §4 and §6 refuse in the fields of one record, sorted by path. Unknown fields may be anything. */
export function fieldProblems(fields: JsonObject): FieldProblem[] {
  const problems = Object.entries(fields).flatMap(([field, value]) => {
    const message = fieldProblem(field, value);
    return message === null ? [] : [{ path: pointer(field), message }];
  });
  const pair = addressPairProblem(fields);
  if (pair !== null) problems.push(pair);
  return problems.sort((a, b) => compareText(a.path, b.path));
}

/** Addresses in all-lower or all-upper digits in EIP-55 form, hashes in lower case; the rest as it stands (FORMAT §6). */
export function recaseFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, inFileCase(field, value)]));
}

function fieldProblem(field: string, value: Json): string | null {
  if (field === '__proto__') return 'is no field name';
  if (reservedFields.has(field)) return 'is the name of a view, never a field (FORMAT §4.2)';
  const known = knownFields.get(field);
  if (known === undefined) return null;
  if (value === null) return 'is null; leave it out when it is unknown';
  return formProblems[known.form](value);
}

const addressMessages = {
  'address-format': 'must be an address: 0x and 40 hexadecimal digits',
  'address-hash': 'is a 32-byte hash, not an address; implementationHash is the place for a hash',
  'address-zero': 'is the zero address; leave it out when it is unknown',
  'address-case': 'must be in EIP-55 form',
  'address-checksum':
    'has mixed case that is not its EIP-55 form: check for a typing mistake, or give it in lower case',
} as const;

const formProblems: Readonly<Record<FieldForm, (value: Json) => string | null>> = {
  address: (value) => {
    const problem = addressProblem(value);
    return problem === null ? null : addressMessages[problem];
  },
  hash: (value) => (hashProblem(value) === null ? null : 'must be 0x and 64 hexadecimal digits'),
  text: (value) => (typeof value === 'string' ? null : `must be text, not ${kindOf(value)}`),
  array: (value) => (Array.isArray(value) ? null : `must be an array, not ${kindOf(value)}`),
  object: (value) => (isObject(value) ? null : `must be an object, not ${kindOf(value)}`),
  timestamp: (value) => {
    if (typeof value !== 'number') return `must be a number of milliseconds since 1970, not ${kindOf(value)}`;
    if (Number.isInteger(value) && value >= 0 && value <= 99_999_999_999_999) return null;
    return 'must be whole milliseconds since 1970, 0 to 99999999999999';
  },
  names: namesProblem,
  checksum: (value) =>
    typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value)
      ? null
      : 'must be sha256: and 64 lower-case hexadecimal digits',
};

function namesProblem(value: Json): string | null {
  if (!Array.isArray(value) || value.length === 0) return 'must be an array of at least one name';
  const names = value as readonly Json[];
  if (!names.every((name) => typeof name === 'string')) return 'must hold names only';
  const bad = names.find((name) => recordNameProblem(name) !== null);
  if (bad !== undefined) return `holds ${shown(bad)}: ${recordNameProblem(bad) ?? ''}`;
  const ascending = names.every((name, i) => i === 0 || compareText(names[i - 1] ?? '', name) < 0);
  return ascending ? null : 'must be ascending, each name once';
}

function addressPairProblem(fields: JsonObject): FieldProblem | null {
  const proxy = member(fields, 'proxy');
  const implementation = member(fields, 'implementation');
  if (proxy === undefined && implementation === undefined) {
    return { path: '/implementation', message: 'is missing, and so is proxy: a record has at least one address' };
  }
  if (typeof proxy !== 'string' || typeof implementation !== 'string') return null;
  if (proxy.toLowerCase() !== implementation.toLowerCase()) return null;
  return { path: '/implementation', message: 'equals proxy; leave it out when it is unknown' };
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
