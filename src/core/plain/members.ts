import { isObject, type Json, type JsonObject, member } from '../json.js';

/** The object under a key; empty where there is none. */
export function objectIn(root: JsonObject, key: string): JsonObject {
  const value = member(root, key);
  return isObject(value) ? value : {};
}

/** `root` with `root[section][key]` set, in its place where it was there; undefined takes it out, and a section that only it filled. */
export function withMember(root: JsonObject, section: string, key: string, value: Json | undefined): JsonObject {
  const old = objectIn(root, section);
  if (value === undefined && !Object.hasOwn(old, key)) return root;
  const next =
    value === undefined
      ? Object.entries(old).filter(([name]) => name !== key)
      : Object.entries({ ...old, [key]: value });
  if (next.length === 0 && !standing.has(section)) {
    return Object.fromEntries(Object.entries(root).filter(([name]) => name !== section));
  }
  return { ...root, [section]: Object.fromEntries(next) };
}

/** The members of `next`, those that `old` has first and in its order: a write is read as a difference of lines. */
export function inOrderOf(old: JsonObject, next: JsonObject): JsonObject {
  const first = Object.keys(old).filter((name) => Object.hasOwn(next, name));
  const order = [...first, ...Object.keys(next).filter((name) => !Object.hasOwn(old, name))];
  return Object.fromEntries(
    order.flatMap((name): [string, Json][] => {
      const value = member(next, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Sections that readers expect, filled or not. */
const standing: ReadonlySet<string> = new Set([
  'contracts',
  'implementationHashes',
  'protocolContracts',
  'infrastructureContracts',
]);
