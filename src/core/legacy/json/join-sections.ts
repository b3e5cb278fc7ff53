import { equalJson } from '../../equal.js';
import { isObject, type Json, type JsonObject } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { isTaggedBigint } from '../../values/bigint.js';
import type { Stated } from './older-part.js';
import { noteOther, type OlderLog, type OlderSource } from './older-source.js';
import type { Origins } from './origins.js';
import { unknownRule } from './unknown-value.js';

/**
 * What several files say besides contracts, as one root, leaf by leaf: of two values for one place the first that says
 * something stands, an equal one is reported, and another is ambiguous and goes to quarantine.
 */
export function joinSections(
  base: JsonObject,
  sources: readonly OlderSource[],
  log: OlderLog,
  origins: Origins,
): JsonObject {
  const claims = new Map<string, Claim[]>();
  for (const older of sources) {
    for (const { to, ...stated } of older.part.sections) {
      noteMove(older, stated.from, to, log);
      for (const leaf of leavesOf(stated, to)) {
        const place = pointer(...leaf.to);
        claims.set(place, [...(claims.get(place) ?? []), { ...leaf, older }]);
      }
    }
  }
  const tree = treeOf(base);
  for (const [place, candidates] of claims) {
    const chosen = candidates.find(({ value }) => unknownRule(value) === null) ?? candidates[0];
    if (chosen === undefined) continue;
    const blocking = insert(tree, chosen.to, chosen.value);
    if (blocking === null) origins.set(place, chosen);
    else noteOther(log, chosen.older, 'files-differ', chosen.from, blocking);
    for (const other of candidates) {
      if (other !== chosen) noteRival(log, other, place, chosen.value);
    }
  }
  return objectOf(tree);
}

type Claim = Stated & { readonly to: readonly string[]; readonly older: OlderSource };
/** An object that grows; anything else is a leaf. */
type Tree = Map<string, Tree | { readonly leaf: Json }>;

function noteMove({ file }: OlderSource, path: string, to: readonly string[], log: OlderLog): void {
  const place = pointer(...to);
  if (place === path) return;
  log.folded.push({ rule: (to[0] ?? '').startsWith('x-') ? 'kept-aside' : 'moved', file, path, to: place });
}

/** An empty object is a leaf, an array is one, and a bigint is no object. */
function leavesOf({ value, from }: Stated, to: readonly string[]): (Stated & { readonly to: readonly string[] })[] {
  if (!isObject(value) || isTaggedBigint(value) || Object.keys(value).length === 0) return [{ value, from, to }];
  return Object.entries(value).flatMap(([key, item]) =>
    leavesOf({ value: item, from: from + pointer(key) }, [...to, key]),
  );
}

function noteRival(log: OlderLog, { value, from, older }: Claim, to: string, kept: Json): void {
  const rule = unknownRule(value);
  if (equalJson(value, kept)) log.folded.push({ rule: 'said-twice', file: older.file, path: from, to });
  else if (rule !== null) log.folded.push({ rule, file: older.file, path: from, value });
  else noteOther(log, older, 'files-differ', from, kept);
}

function treeOf(object: JsonObject): Tree {
  return new Map(
    Object.entries(object).map(([key, value]) => [key, isObject(value) ? treeOf(value) : { leaf: value }]),
  );
}

/** Null, or the value that stands in the way. */
function insert(tree: Tree, path: readonly string[], value: Json): Json | null {
  const [key = '', ...deeper] = path;
  const there = tree.get(key);
  if (deeper.length > 0) {
    if (there !== undefined && !(there instanceof Map)) return there.leaf;
    const next: Tree = there ?? new Map<string, never>();
    tree.set(key, next);
    return insert(next, deeper, value);
  }
  const isEmpty = isObject(value) && Object.keys(value).length === 0;
  if (there instanceof Map) return isEmpty ? null : objectOf(there);
  if (there !== undefined && !equalJson(there.leaf, value)) return there.leaf;
  tree.set(key, isEmpty ? new Map<string, never>() : { leaf: value });
  return null;
}

function objectOf(tree: Tree): JsonObject {
  return Object.fromEntries(
    [...tree].map(([key, node]): [string, Json] => [key, node instanceof Map ? objectOf(node) : node.leaf]),
  );
}
