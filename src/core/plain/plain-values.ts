import { isObject, type Json, type JsonObject, member } from '../json.js';
import { readTime } from '../legacy/read-time.js';
import { derivedMark } from './details.js';

/** An address as it stands; undefined where there is none, or the zero address, which says that it is unknown. */
export function addressIn(object: JsonObject, key: string): string | undefined {
  const value = member(object, key);
  return typeof value === 'string' && !/^(?:|0x0*)$/i.test(value) ? value : undefined;
}

/** A hash as it stands, whatever its form; undefined for the ways in which files say that it is unknown. */
export function hashIn(object: Json | undefined, key: string): string | undefined {
  const value = isObject(object) ? member(object, key) : undefined;
  return typeof value === 'string' && !unknownHashes.has(value) ? value : undefined;
}

/** A `timestamp` for contracts that have none of their own, marked: the first of `names` in `root` that is a time. */
export function derivedTime(root: JsonObject, names: readonly string[]): JsonObject {
  for (const name of names) {
    const value = member(root, name);
    const read = value === undefined ? { reason: '' } : readTime(name, value);
    if (!('reason' in read)) return { timestamp: read.timestamp, [derivedMark]: name };
  }
  return {};
}

/** Two spellings of one address. */
export function sameAddress(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a.toLowerCase() === b.toLowerCase();
}

const unknownHashes: ReadonlySet<string> = new Set(['', 'pending']);
