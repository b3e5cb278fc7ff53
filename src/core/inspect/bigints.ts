import { isObject, type Json, member } from '../json.js';
import { pointer } from '../text/pointer.js';
import { isTaggedBigint } from '../values/bigint.js';
import { type Complaint, shownValue } from './complaint.js';

/** Malformed tagged bigints, anywhere in a file (FORMAT §6). Paths grow on the way back: hardly any file has one. */
export function inspectBigints(value: Json): Complaint[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!isObject(value)) return value.flatMap((item, at) => below(at, inspectBigints(item)));
  if (member(value, '_type') === 'bigint') {
    if (isTaggedBigint(value)) return [];
    const message = `${shownValue(value)} is not a bigint: {"_type":"bigint","_value":"<decimal>"} and no third member`;
    return [{ rule: 'bigint-form', path: '', message }];
  }
  return Object.entries(value).flatMap(([key, item]) => below(key, inspectBigints(item)));
}

function below(key: string | number, complaints: Complaint[]): Complaint[] {
  return complaints.map((complaint) => ({ ...complaint, path: pointer(key) + complaint.path }));
}
