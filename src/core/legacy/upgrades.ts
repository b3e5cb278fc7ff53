import { compareText, equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';

/** One member of `upgrades` (FORMAT §4): code that a proxy once had, and since when, in ms. */
export type Upgrade = {
  readonly implementation: string;
  readonly implementationHash?: string;
  readonly timestamp: number;
  readonly source?: JsonObject;
};

/** The code a proxy had one after the other, oldest first, each since it was first seen. Equal times go by code, so that the order given never counts. */
export function upgradeRuns(seen: readonly Upgrade[]): Upgrade[] {
  const runs: Upgrade[] = [];
  for (const one of [...seen].sort(byTime)) {
    const last = runs.at(-1);
    if (last === undefined || !sameCode(last, one)) runs.push(one);
  }
  return runs;
}

function byTime(a: Upgrade, b: Upgrade): number {
  const code = ({ implementation, implementationHash = '' }: Upgrade): string =>
    `${implementation} ${implementationHash}`;
  return a.timestamp - b.timestamp || compareText(code(a), code(b));
}

/** The same implementation under the same hash; two hashes of it are two, as before and after another way of hashing. */
export function sameCode(a: Upgrade, b: Upgrade): boolean {
  return a.implementation === b.implementation && a.implementationHash === b.implementationHash;
}

/** `upgrades` of a record with what was found; null where that is nothing new, or what is there is no list of upgrades. */
export function mergeUpgrades(there: Json | undefined, found: readonly Upgrade[]): readonly Json[] | null {
  const known = there === undefined ? [] : readUpgrades(there);
  if (known === null || found.length === 0) return null;
  const merged = upgradeRuns([...known, ...found]).map(upgradeJson);
  return equalJson(merged, upgradeRuns(known).map(upgradeJson)) ? null : merged;
}

export function upgradeJson({ implementation, implementationHash, timestamp, source, ...rest }: Upgrade): JsonObject {
  return {
    ...rest,
    implementation,
    ...(implementationHash === undefined ? {} : { implementationHash }),
    timestamp,
    ...(source === undefined ? {} : { source }),
  };
}

function readUpgrades(value: Json): readonly Upgrade[] | null {
  if (!Array.isArray(value)) return null;
  const items = value as readonly Json[];
  return items.every(isUpgrade) ? items : null;
}

function isUpgrade(item: Json): item is Upgrade & JsonObject {
  if (!isObject(item)) return false;
  const hash = member(item, 'implementationHash');
  const isText = typeof member(item, 'implementation') === 'string' && (hash === undefined || typeof hash === 'string');
  return isText && typeof member(item, 'timestamp') === 'number';
}
