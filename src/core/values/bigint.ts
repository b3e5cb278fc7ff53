import { StateManagerError } from '../../errors.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { pointer } from '../text/pointer.js';

const digits = /^(?:0|-?[1-9][0-9]{0,999})$/;
const maximumDepth = 64;
/** Whether an object is a bigint as files hold it: `{"_type":"bigint","_value":"…"}`, no third member (FORMAT §6). */
export function isTaggedBigint(object: JsonObject): object is { _type: 'bigint'; _value: string } {
  const value = member(object, '_value');
  return (
    member(object, '_type') === 'bigint' &&
    typeof value === 'string' &&
    digits.test(value) &&
    Object.keys(object).length === 2
  );
}

/**
 * A value of a program as JSON that a network file can hold: native bigints tagged, `undefined` members dropped.
 * Throws BAD_INPUT, naming the place, for everything that JSON would lose or change in silence.
 */
export function tagBigints(value: unknown): Json {
  return tagged(value, [], new Set());
}

/** The inverse: tagged bigints native again; everything else as it stands. */
export function untagBigints(value: Json): unknown {
  if (Array.isArray(value)) return value.map(untagBigints);
  if (!isObject(value)) return value;
  if (isTaggedBigint(value)) return BigInt(value._value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, untagBigints(item)]));
}

type Path = readonly (string | number)[];

function tagged(value: unknown, path: Path, above: ReadonlySet<object>): Json {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      if (!value.isWellFormed()) throw refusal(path, 'holds half of a surrogate pair');
      return value;
    case 'number':
      return safeNumber(value, path);
    case 'bigint':
      if (!digits.test(String(value))) throw refusal(path, 'is a bigint of more than 1,000 digits');
      return { _type: 'bigint', _value: String(value) };
    case 'object':
      if (value === null) return null;
      if (above.has(value)) throw refusal(path, 'contains itself');
      if (path.length >= maximumDepth) throw refusal(path, `is nested more than ${maximumDepth} levels deep`);
      return container(value, path, new Set(above).add(value));
    default:
      throw refusal(path, `is ${value === undefined ? 'undefined' : `a ${typeof value}`}`);
  }
}

function safeNumber(value: number, path: Path): number {
  if (!Number.isFinite(value)) throw refusal(path, `is ${value}`);
  if (Object.is(value, -0)) throw refusal(path, 'is negative zero');
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) throw refusal(path, `is ${value}, beyond what a number holds exactly`);
  return value;
}

function container(value: object, path: Path, above: ReadonlySet<object>): Json {
  if (Array.isArray(value)) return Array.from(value, (item: unknown, index) => tagged(item, [...path, index], above));
  if (!isPlain(value)) throw refusal(path, `is not plain data (${Object.prototype.toString.call(value).slice(8, -1)})`);
  const members: [string, Json][] = [];
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    if (item === undefined) continue;
    if (key === '__proto__') throw refusal([...path, key], 'has a key that is never allowed');
    if (!key.isWellFormed()) throw refusal([...path, key], 'has a key with half of a surrogate pair');
    members.push([key, tagged(item, [...path, key], above)]);
  }
  return Object.fromEntries(members);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function refusal(path: Path, problem: string): StateManagerError {
  const place = path.length === 0 ? 'The value' : `The value at ${pointer(...path)}`;
  return new StateManagerError('BAD_INPUT', `${place} ${problem}; a network file cannot hold it`, {
    hint: 'pass big numbers as bigint or decimal text, dates as milliseconds, and leave out what is unknown',
    details: { path: pointer(...path) },
  });
}
