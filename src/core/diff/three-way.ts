import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { pointer } from '../text/pointer.js';

/** Two changes of one value that cannot both stand; absent where the value is not there on that side. */
export type ValueConflict = {
  readonly path: string;
  readonly base?: Json;
  readonly ours?: Json;
  readonly theirs?: Json;
};

/**
 * Three versions of an object brought together member by member, objects inside likewise, arrays and all else whole.
 * Where both sides changed the same value differently, ours stays in the result and the place is a conflict.
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

export function valueConflict(
  path: string,
  base: Json | undefined,
  ours: Json | undefined,
  theirs: Json | undefined,
): ValueConflict {
  return {
    path,
    ...(base === undefined ? {} : { base }),
    ...(ours === undefined ? {} : { ours }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}

function mergeValue(
  base: Json | undefined,
  ours: Json | undefined,
  theirs: Json | undefined,
  path: readonly string[],
): { value: Json | undefined; conflicts: ValueConflict[] } {
  if (equalJson(base, theirs) || equalJson(ours, theirs)) return { value: ours, conflicts: [] };
  if (equalJson(base, ours)) return { value: theirs, conflicts: [] };
  if (isObject(ours) && isObject(theirs) && (base === undefined || isObject(base))) {
    return mergeMembers(base ?? {}, ours, theirs, path);
  }
  return { value: ours, conflicts: [valueConflict(pointer(...path), base, ours, theirs)] };
}
