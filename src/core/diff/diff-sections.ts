import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { pointer } from '../text/pointer.js';
import { type FieldChange, fieldChange } from './change.js';

/**
 * What differs between two remainders, as pointers down to the members that changed; arrays are compared whole. A file
 * that appears or goes shows nothing here: its status says it.
 */
export function diffSections(before: JsonObject | undefined, after: JsonObject | undefined): FieldChange[] {
  if (before === undefined || after === undefined) return [];
  return compareMembers([], before, after).sort((a, b) => compareText(a.path, b.path));
}

function compareMembers(path: readonly string[], before: JsonObject, after: JsonObject): FieldChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => compareValues([...path, key], member(before, key), member(after, key)));
}

function compareValues(path: readonly string[], before: Json | undefined, after: Json | undefined): FieldChange[] {
  if (equalJson(before, after)) return [];
  if (isObject(before) && isObject(after)) return compareMembers(path, before, after);
  return [fieldChange(pointer(...path), before, after)];
}
