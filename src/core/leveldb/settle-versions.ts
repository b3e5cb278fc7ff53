import type { LegacyEntry } from '../legacy/entry.js';
import type { StoredVersion } from './internal-key.js';
import type { StoreProblem } from './store-problem.js';

export type FoundVersion = StoredVersion & {
  readonly file: string;
  /** Whether the MANIFEST counts the file it lies in as part of the database. */
  readonly isLive: boolean;
};

export type FoundEntry = FoundVersion & LegacyEntry;

/** Of each key the version with the highest number in a live file stands; a tombstone makes the key absent. Sorts `found`. */
export function settleVersions(found: FoundVersion[]): {
  readonly entries: readonly FoundEntry[];
  readonly superseded: readonly FoundVersion[];
  readonly problems: readonly StoreProblem[];
} {
  const entries: FoundEntry[] = [];
  const superseded: FoundVersion[] = [];
  const problems: StoreProblem[] = [];
  let before: FoundVersion | null = null;
  let isSettled = false;
  for (const version of found.sort(newestFirst)) {
    const isNewKey = before === null || Buffer.compare(before.key, version.key) !== 0;
    if (isNewKey) isSettled = false;
    const twin = isNewKey || before?.sequence !== version.sequence ? null : before;
    before = version;
    if (twin !== null) {
      // A table and the log it was made of, both there since a crash, or an output and an input of a compaction.
      if (!sameValue(twin.value, version.value)) problems.push(contradiction(twin, version));
      continue;
    }
    if (isSettled || !version.isLive) {
      superseded.push(version);
      continue;
    }
    isSettled = true;
    if (isEntry(version)) entries.push(version);
  }
  return { entries, superseded, problems };
}

function isEntry(version: FoundVersion): version is FoundEntry {
  return version.value !== null;
}

function newestFirst(a: FoundVersion, b: FoundVersion): number {
  return Buffer.compare(a.key, b.key) || b.sequence - a.sequence || Number(b.isLive) - Number(a.isLive);
}

function sameValue(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}

function contradiction(one: FoundVersion, { file, isLive, sequence }: FoundVersion): StoreProblem {
  const message = `write ${sequence} is another in ${one.file}`;
  return { file, offset: 0, kind: 'contradiction', message, severity: isLive ? 'error' : 'warning', keys: 1 };
}
