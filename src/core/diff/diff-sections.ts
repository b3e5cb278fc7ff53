import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { pointer } from '../text/pointer.js';
import { fieldChange, type SectionChange } from './change.js';
import { controlDanger } from './control-danger.js';

/**
 * What differs between two remainders, as pointers down to the members that changed; arrays are compared whole. A file
 * that appears or goes shows nothing here: its status says it.
 */
export function diffSections(before: JsonObject | undefined, after: JsonObject | undefined): SectionChange[] {
  if (before === undefined || after === undefined) return [];
  return compareMembers([], before, after).sort((a, b) => compareText(a.path, b.path));
}

function compareMembers(path: readonly string[], before: JsonObject, after: JsonObject): SectionChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => compareValues([...path, key], member(before, key), member(after, key)));
}

function compareValues(path: readonly string[], before: Json | undefined, after: Json | undefined): SectionChange[] {
  if (equalJson(before, after)) return [];
  if (isObject(before) && isObject(after)) return compareMembers(path, before, after);
  const danger = path.join('/') === 'chainId' ? 'chain-changed' : controlDanger(path, before, after);
  return [{ ...fieldChange(pointer(...path), before, after), ...(danger === null ? {} : { danger }) }];
}
