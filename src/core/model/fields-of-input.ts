import { StateManagerError } from '../../errors.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { recordChecksum } from './checksum.js';
import { type FieldProblem, fieldProblems, recaseFields, refuseFields } from './field-problems.js';
import { knownFields, reservedFields } from './fields.js';
import type { StateRecord } from './record.js';

/** Where the fields belong, and what the source calls the two things it may call otherwise. */
export type InputPlace = {
  readonly network: string;
  readonly chainId: number;
  readonly category: string;
  readonly name: string;
  /** Stands in `source.contractName` unless undefined. */
  readonly contractName: string | undefined;
};

/**
 * The record that the views of CONTRACT §5 and FORMAT §8 describe: addresses from `address`/`proxyAddress` or
 * `proxy`/`implementation`, the source's names in `source`, other reserved names dropped (callers compare them), every
 * other field as it is. Unsealed; a `checksum` in the input must hold for the result. An empty hash is an unknown one;
 * with `nullIsUnknown` so is null in any known field and an empty address.
 * Throws RECORD_INVALID, CHECKSUM_MISMATCH.
 */
export function recordOfInput(
  place: InputPlace,
  input: JsonObject,
  options: { readonly nullIsUnknown: boolean; readonly problems: readonly FieldProblem[] },
): StateRecord {
  const known = Object.fromEntries(
    Object.entries(input).filter(([field, value]) => !isUnknown(field, value, options.nullIsUnknown)),
  );
  const problems = [...options.problems];
  const fields = recaseFields({
    ...addresses(known, problems),
    ...otherFields(known),
    ...sourceField(place, known, problems),
  });
  const checksum = member(known, 'checksum');
  refuseFields(place, [
    ...problems,
    ...fieldProblems(checksum === undefined ? fields : { ...fields, checksum }).filter(
      (problem) => !problems.some(({ path }) => path === problem.path),
    ),
  ]);
  const { network, chainId, category, name } = place;
  const record = { network, chainId, category, name, fields };
  assertChecksum(record, checksum);
  return record;
}

/** Throws CHECKSUM_MISMATCH unless `expected` is absent or holds for the record. */
export function assertChecksum(record: StateRecord, expected: Json | undefined): void {
  if (expected === undefined) return;
  const actual = recordChecksum(record);
  if (expected === actual) return;
  throw new StateManagerError(
    'CHECKSUM_MISMATCH',
    `The checksum given for ${shown(record.name)} on ${shown(record.network)} does not hold: its content has ${actual}`,
    {
      hint: 'leave "checksum" out of the input: every write computes it',
      details: { expected, actual, reference: 'JSON-002' },
    },
  );
}

function isUnknown(field: string, value: Json, nullIsUnknown: boolean): boolean {
  const form = field === 'address' || field === 'proxyAddress' ? 'address' : knownFields.get(field)?.form;
  if (value === '') return form === 'hash' || (nullIsUnknown && form === 'address');
  if (value !== null || !nullIsUnknown) return false;
  return form !== undefined || field === 'networkName';
}

/** FORMAT §8: `address` is the implementation, unless it equals the proxy, which says nothing about it. */
function addresses(input: JsonObject, problems: FieldProblem[]): JsonObject {
  const proxy = agreed(input, 'proxy', 'proxyAddress', problems);
  const address = member(input, 'address');
  const isProxy = sameAddress(address, proxy);
  const implementation = isProxy
    ? member(input, 'implementation')
    : agreed(input, 'implementation', 'address', problems);
  return {
    ...(proxy === undefined ? {} : { proxy }),
    ...(implementation === undefined ? {} : { implementation }),
  };
}

function agreed(input: JsonObject, field: string, view: string, problems: FieldProblem[]): Json | undefined {
  const stored = member(input, field);
  const viewed = member(input, view);
  if (stored === undefined || viewed === undefined) return stored ?? viewed;
  if (stored !== viewed && !sameAddress(stored, viewed)) {
    problems.push({ path: `/${view}`, message: `contradicts ${field}; give one of the two` });
  }
  return stored;
}

function otherFields(input: JsonObject): JsonObject {
  const placed = new Set(['proxy', 'implementation', 'checksum', 'source']);
  return Object.fromEntries(
    Object.entries(input).filter(([field]) => !placed.has(field) && !reservedFields.has(field)),
  );
}

function sourceField(place: InputPlace, input: JsonObject, problems: FieldProblem[]): JsonObject {
  const source = member(input, 'source');
  const networkName = member(input, 'networkName');
  if (networkName !== undefined && typeof networkName !== 'string') {
    problems.push({ path: '/networkName', message: 'must be text' });
  }
  const isOtherName = typeof networkName === 'string' && networkName !== '' && networkName !== place.network;
  const names = {
    ...(place.contractName === undefined ? {} : { contractName: place.contractName }),
    ...(isOtherName ? { networkName } : {}),
  };
  if (Object.keys(names).length === 0) return source === undefined ? {} : { source };
  if (source !== undefined && !isObject(source)) return { source };
  return { source: { ...source, ...names } };
}

function sameAddress(a: Json | undefined, b: Json | undefined): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}
