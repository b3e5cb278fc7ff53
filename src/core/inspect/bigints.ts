import { isObject, type Json, member } from '../json.js';
import { pointer } from '../text/pointer.js';
import { isTaggedBigint } from '../values/bigint.js';
import { type Complaint, shownValue } from './complaint.js';

/** Malformed tagged bigints, anywhere in a file (FORMAT §6). */
export function inspectBigints(value: Json, path = ''): Complaint[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!isObject(value)) return value.flatMap((item, at) => inspectBigints(item, path + pointer(at)));
  if (member(value, '_type') === 'bigint') {
    if (isTaggedBigint(value)) return [];
    const message = `${shownValue(value)} is not a bigint: {"_type":"bigint","_value":"<decimal>"} and no third member`;
    return [{ rule: 'bigint-form', path, message }];
  }
  return Object.entries(value).flatMap(([key, item]) => inspectBigints(item, path + pointer(key)));
}
