import { StateManagerError } from '../../errors.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { shown } from '../shown.js';
import { assertRecordFields, recaseFields } from './field-problems.js';
import { knownFields, reservedFields } from './fields.js';
import { assertChecksum } from './fields-of-input.js';
import type { StateRecord } from './record.js';

/** `path` is a field name, or dotted into one: `deployment.blockNumber`, `deploymentArgs.0`. */
export type Assignment = { readonly path: string; readonly value: Json };

/**
 * The record after `--set`, in the order given, unsealed. `address` and `proxyAddress` are those of the view: the
 * implementation and the proxy. null takes a known field away, and is a value inside it and in unknown fields. The
 * index after the last item of an array appends. A `checksum` given must hold for the result.
 * Throws BAD_INPUT for a path that leads nowhere, RECORD_INVALID, CHECKSUM_MISMATCH.
 */
export function patchRecord(record: StateRecord, assignments: readonly Assignment[]): StateRecord {
  const start = omit(record.fields, 'checksum');
  const assigned = assignments.reduce((fields, assignment) => assign(record, fields, assignment), start);
  const expected = member(assigned, 'checksum');
  const patched = { ...record, fields: recaseFields(omit(assigned, 'checksum')) };
  assertRecordFields(
    expected === undefined ? patched : { ...patched, fields: { ...patched.fields, checksum: expected } },
  );
  assertChecksum(patched, expected);
  return patched;
}

function assign(record: StateRecord, fields: JsonObject, { path, value }: Assignment): JsonObject {
  if (path === 'address') return assignAddress(fields, value);
  if (path === 'proxyAddress') return assignProxy(fields, value);
  if (reservedFields.has(path)) {
    throw refusal(record, path, 'says where the record stands and cannot be set');
  }
  if (value === null && knownFields.has(path)) return omit(fields, path);
  if (Object.hasOwn(fields, path)) return { ...fields, [path]: value };
  const [field = '', ...inner] = path.split('.');
  if ([field, ...inner].some((segment) => segment === '' || segment === '__proto__')) {
    throw refusal(record, path, 'is not a path of field names');
  }
  if (reservedFields.has(field)) throw refusal(record, path, `leads into ${field}, which is no field`);
  const before = member(fields, field) ?? (inner.length === 0 ? null : blank(field));
  return { ...fields, [field]: placed(record, path, before, inner, value) };
}

/** An address that equals the proxy says that the implementation is unknown (FORMAT §8). */
function assignAddress(fields: JsonObject, value: Json): JsonObject {
  const isProxy = sameAddress(value, member(fields, 'proxy'));
  return value === null || isProxy ? omit(fields, 'implementation') : { ...fields, implementation: value };
}

function assignProxy(fields: JsonObject, value: Json): JsonObject {
  if (value === null) return omit(fields, 'proxy');
  const rest = sameAddress(value, member(fields, 'implementation')) ? omit(fields, 'implementation') : fields;
  return { ...rest, proxy: value };
}

function placed(record: StateRecord, path: string, before: Json, inner: readonly string[], value: Json): Json {
  const [segment, ...rest] = inner;
  if (segment === undefined) return value;
  if (Array.isArray(before)) {
    const items = before as readonly Json[];
    const index = /^(?:0|[1-9][0-9]{0,8})$/.test(segment) ? Number(segment) : -1;
    if (index < 0 || index > items.length) {
      throw refusal(record, path, `has no place ${shown(segment)}: the array has ${items.length} items, from 0`);
    }
    const item = placed(record, path, items[index] ?? {}, rest, value);
    return [...items.slice(0, index), item, ...items.slice(index + 1)];
  }
  if (!isObject(before)) throw refusal(record, path, `has no place ${shown(segment)}: what is there has no members`);
  return { ...before, [segment]: placed(record, path, member(before, segment) ?? {}, rest, value) };
}

/** What an absent field is before something is set inside it. */
function blank(field: string): Json {
  const form = knownFields.get(field)?.form;
  return form === 'array' || form === 'names' ? [] : {};
}

function sameAddress(a: Json | undefined, b: Json | undefined): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}

function omit(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function refusal(record: StateRecord, path: string, problem: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `--set ${shown(path)} for ${shown(record.name)}: it ${problem}`, {
    hint: 'stateroot get <network> <name> --json shows the fields that are there',
    details: { path },
  });
}
