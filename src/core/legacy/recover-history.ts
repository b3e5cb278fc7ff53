import { type Json, type JsonObject, member } from '../json.js';
import type { Recovered } from './legacy-record.js';
import { sameCode, type Upgrade, upgradeJson, upgradeRuns } from './upgrades.js';

/** Fields of a record as they stood in `file`. */
export type OlderFields = { readonly fields: JsonObject; readonly file: string };

/** Fields that older versions say of the past, not what a record lost (FORMAT §4). */
export const historyFields: ReadonlySet<string> = new Set(['firstDeployedAt', 'upgrades']);

/** Times in seconds would all be the first: what is before 2001 is none in ms (FORMAT §4, `timestamp-unit`). */
const earliest = 10 ** 12;

/**
 * `firstDeployedAt` and `upgrades` from older versions of a record with the same proxy, in the order in which they count; the
 * first only where it is before the record's own time, the others only up to it. `fields` is a ContractType.
 */
export function recoverHistory(fields: JsonObject, older: readonly OlderFields[]): Map<string, Recovered> {
  const found = new Map<string, Recovered>();
  const now = timeOf(fields);
  const timed = older.flatMap((one) => {
    const timestamp = timeOf(one.fields);
    return timestamp === null ? [] : [{ ...one, timestamp }];
  });
  const [first] = [...timed].sort((a, b) => a.timestamp - b.timestamp);
  if (first !== undefined && (now === null || first.timestamp < now)) {
    found.set('firstDeployedAt', { value: first.timestamp, file: first.file });
  }
  const codes = now === null ? [] : codesOf([...timed, { fields, file: '', timestamp: now }]);
  const current = codes.pop() ?? null;
  if (current === null) return found;
  const runs = upgradeRuns(
    codes.filter((code): code is Upgrade => {
      if (code === null || code.timestamp > current.timestamp) return false;
      return code.timestamp < current.timestamp || !sameCode(code, current);
    }),
  );
  const last = runs.at(-1);
  if (last !== undefined && sameCode(last, current)) runs.pop();
  const newest = runs.at(-1)?.source;
  const file = newest === undefined ? undefined : member(newest, 'file');
  if (typeof file === 'string') found.set('upgrades', { value: runs.map(upgradeJson), file });
  return found;
}

function timeOf(fields: JsonObject): number | null {
  const timestamp = member(fields, 'timestamp');
  return typeof timestamp === 'number' && timestamp >= earliest ? timestamp : null;
}

/** The code of each; a hash that one does not say is that of the others with its implementation, where they agree. */
function codesOf(versions: readonly (OlderFields & { readonly timestamp: number })[]): (Upgrade | null)[] {
  const hashes = new Map<Json | undefined, Set<string>>();
  for (const { fields } of versions) {
    const hash = member(fields, 'implementationHash');
    if (typeof hash !== 'string') continue;
    const implementation = member(fields, 'address');
    hashes.set(implementation, (hashes.get(implementation) ?? new Set()).add(hash));
  }
  return versions.map(({ fields, timestamp, file }) => {
    const implementation = member(fields, 'address');
    if (typeof implementation !== 'string' || implementation === member(fields, 'proxyAddress')) return null;
    const known = [...(hashes.get(implementation) ?? [])];
    const hash = member(fields, 'implementationHash') ?? (known.length === 1 ? known[0] : undefined);
    const implementationHash = typeof hash === 'string' ? { implementationHash: hash } : {};
    return { implementation, ...implementationHash, timestamp, source: { file } };
  });
}
