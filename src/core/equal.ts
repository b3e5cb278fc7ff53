import { isObject, type Json, type JsonObject, member } from './json.js';

/** Equal as JSON values: the order of members does not count, the order of items does. Absent equals only absent. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return equalItems(a, b);
  if (isObject(a) && isObject(b)) return equalMembers(a, b);
  return false;
}

/** Ascending by UTF-16 code unit, as canonical text sorts keys. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function equalItems(a: readonly Json[], b: readonly Json[]): boolean {
  return a.length === b.length && a.every((item, i) => equalJson(item, b[i]));
}

function equalMembers(a: JsonObject, b: JsonObject): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => equalJson(a[key], member(b, key)));
}
