import { isObject, type Json, type JsonObject, member } from '../json.js';

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
