import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { pointer } from '../text/pointer.js';
import { marksKey, mergeMarks } from '../model/marks.js';
import { isTaggedBigint } from '../values/bigint.js';
import { type ValueConflict, valueConflict } from './conflict.js';

/**
 * Three versions of an object brought together member by member, objects inside likewise, arrays, bigints and all else
 * whole. Where both sides changed the same value differently, ours stays in the result and the place is a conflict.
 */
export function mergeMembers(
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
  path: readonly string[] = [],
): { value: JsonObject; conflicts: ValueConflict[] } {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(ours), ...Object.keys(theirs)])].sort(compareText);
  const merged: [string, Json][] = [];
  const conflicts: ValueConflict[] = [];
  for (const key of keys) {
    const result = mergeValue(member(base, key), member(ours, key), member(theirs, key), [...path, key]);
    if (result.value !== undefined) merged.push([key, result.value]);
    conflicts.push(...result.conflicts);
  }
  return { value: Object.fromEntries(merged), conflicts };
}

function mergeValue(
  base: Json | undefined,
  ours: Json | undefined,
  theirs: Json | undefined,
  path: readonly string[],
): { value: Json | undefined; conflicts: ValueConflict[] } {
  if (equalJson(base, theirs) || equalJson(ours, theirs)) return { value: ours, conflicts: [] };
  if (equalJson(base, ours)) return { value: theirs, conflicts: [] };
  if (path.length === 1 && path[0] === marksKey) return { value: mergeMarks(base, ours, theirs), conflicts: [] };
  if (isOpen(ours) && isOpen(theirs) && (base === undefined || isOpen(base))) {
    return mergeMembers(base ?? {}, ours, theirs, path);
  }
  return { value: ours, conflicts: [valueConflict(pointer(...path), base, ours, theirs)] };
}

/** An object whose members mean something each. */
function isOpen(value: Json | undefined): value is JsonObject {
  return isObject(value) && !isTaggedBigint(value);
}
