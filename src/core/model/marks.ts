import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import type { NetworkFile } from './network-file.js';

/**
 * The root key of a network file that says which records deploy scripts wrote to both backends of a migration, and of which:
 * `{<name>: <migration id>}`. While it is there the file does not hold all that the other backend does. The cutover takes it away.
 */
export const marksKey = 'dualWrite';

/** Record name → id of the migration; empty where nothing is marked. */
export function marksOf({ root }: Pick<NetworkFile, 'root'>): ReadonlyMap<string, string> {
  const marks = member(root, marksKey);
  return new Map(
    Object.entries(isObject(marks) ? marks : {}).map(([name, id]) => [name, typeof id === 'string' ? id : '']),
  );
}

export function withMarks(file: NetworkFile, names: readonly string[], id: string): NetworkFile {
  if (names.length === 0) return file;
  return withAll(file, new Map([...marksOf(file), ...names.map((name): [string, string] => [name, id])]));
}

/** Without those that `isSettled`; the key goes with the last one. */
export function withoutMarks(file: NetworkFile, isSettled: (name: string, id: string) => boolean): NetworkFile {
  const marks = marksOf(file);
  const left = new Map([...marks].filter(([name, id]) => !isSettled(name, id)));
  return left.size === marks.size && marks.size > 0 ? file : withAll(file, left);
}

/** Three versions of the marks, name by name; never a conflict: where both sides moved, one that is marked stays so. */
export function mergeMarks(base: Json | undefined, ours: Json | undefined, theirs: Json | undefined): Json | undefined {
  const [before, mine, other] = [marksIn(base), marksIn(ours), marksIn(theirs)];
  const names = [...new Set([...Object.keys(mine), ...Object.keys(other)])];
  const merged = names.flatMap((name): [string, Json][] => {
    const [was, here, there] = [member(before, name), member(mine, name), member(other, name)];
    const value = equalJson(was, here) ? there : equalJson(was, there) ? here : (here ?? there);
    return value === undefined ? [] : [[name, value]];
  });
  return merged.length === 0 ? undefined : Object.fromEntries(merged);
}

function marksIn(side: Json | undefined): JsonObject {
  return isObject(side) ? side : {};
}

function withAll(file: NetworkFile, marks: ReadonlyMap<string, string>): NetworkFile {
  const rest = Object.entries(file.root).filter(([key]) => key !== marksKey);
  const root = Object.fromEntries(marks.size === 0 ? rest : [...rest, [marksKey, Object.fromEntries(marks)]]);
  return { ...file, root };
}
