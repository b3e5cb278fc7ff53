import { isObject, type Json, type JsonObject, member } from '../json.js';

/** What stands at this place of members; undefined when nothing does. */
export function valueAt(root: Json, path: readonly string[]): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return root;
  const value = isObject(root) ? member(root, key) : undefined;
  return value === undefined ? undefined : valueAt(value, rest);
}

/** The object with another value at this place, or none; objects on the way are made where a value has to stand. */
export function replaced(root: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const [key = '', ...rest] = path;
  const inner = member(root, key);
  const next = rest.length === 0 ? value : replacedInner(inner, rest, value);
  const others = Object.entries(root).filter(([name]) => name !== key);
  return Object.fromEntries(next === undefined ? others : [...others, [key, next]]);
}

function replacedInner(inner: Json | undefined, path: readonly string[], value: Json | undefined): Json | undefined {
  if (isObject(inner)) return replaced(inner, path, value);
  return value === undefined ? inner : replaced({}, path, value);
}
