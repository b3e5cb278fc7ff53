import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, member } from '../json.js';
import type { LegacyEntry } from '../legacy/entry.js';
import { keyText } from '../legacy/key-text.js';
import { readStoredValue } from '../legacy/stored-value.js';

/** Two LevelDB stores, entry by entry; keys as text, ascending. */
export type StoreComparison = {
  readonly equal: number;
  /** All that the old entry says, and more: what was recovered, or written since. */
  readonly richer: readonly string[];
  readonly changed: readonly string[];
  /** In the old store only. */
  readonly missing: readonly string[];
  /** In the new store only. */
  readonly added: readonly string[];
};

/** By content: the order of members and the bytes of the files say nothing. */
export function compareStores(old: readonly LegacyEntry[], made: readonly LegacyEntry[]): StoreComparison {
  const before = byKey(old);
  const after = byKey(made);
  const richer: string[] = [];
  const changed: string[] = [];
  let equal = 0;
  for (const [key, entry] of before) {
    const other = after.get(key);
    if (other === undefined) continue;
    const relation = relate(entry, other);
    if (relation === 'equal') equal += 1;
    else (relation === 'richer' ? richer : changed).push(key);
  }
  return {
    equal,
    richer: richer.sort(compareText),
    changed: changed.sort(compareText),
    missing: [...before.keys()].filter((key) => !after.has(key)).sort(compareText),
    added: [...after.keys()].filter((key) => !before.has(key)).sort(compareText),
  };
}

function byKey(entries: readonly LegacyEntry[]): Map<string, Uint8Array> {
  return new Map(entries.map(({ key, value }) => [keyText(key), value]));
}

function relate(old: Uint8Array, made: Uint8Array): 'equal' | 'richer' | 'changed' {
  if (Buffer.compare(old, made) === 0) return 'equal';
  const [before, after] = [readStoredValue(old), readStoredValue(made)];
  if ('reason' in before || 'reason' in after) return 'changed';
  if (equalJson(before.value, after.value)) return 'equal';
  return holdsAll(before.value, after.value) ? 'richer' : 'changed';
}

function holdsAll(before: Json, after: Json): boolean {
  if (!isObject(before) || !isObject(after)) return false;
  return Object.entries(before).every(([name, value]) => {
    const other = member(after, name);
    return other !== undefined && equalJson(value, other);
  });
}
