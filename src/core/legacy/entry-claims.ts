import type { LegacyEntry } from './entry.js';
import { type LegacyRecord, type LegacyReject, reject } from './legacy-record.js';
import { isReject, readEntry } from './read-entry.js';

/** Which network each entry of a store says it is about, without its content: that is read again when its network is settled. */
export type EntryClaims = {
  /** For `groupByNetwork`; their keys are for `entryOf`. */
  readonly claims: readonly LegacyRecord[];
  /** What cannot be a record whatever its network. */
  readonly rejects: readonly LegacyReject[];
  entryOf(key: string): LegacyEntry | undefined;
};

/** Entries in the order in which they are to be settled. `seen` is called now and then with the number of entries read. */
export function entryClaims(entries: readonly LegacyEntry[], seen?: (entries: number) => void): EntryClaims {
  const claims: LegacyRecord[] = [];
  const rejects: LegacyReject[] = [];
  for (const [at, entry] of entries.entries()) {
    const read = readEntry(entry);
    if (isReject(read)) rejects.push(read);
    else claims.push(claimOf(read, at));
    if (at % 200 === 0) seen?.(at);
  }
  return { claims, rejects, entryOf: (key) => entries[Number(key.slice(prefix.length))] };
}

/** The whole entry, set aside. */
export function rejectedEntry(entry: LegacyEntry | undefined, reason: string): LegacyReject[] {
  const read = entry === undefined ? null : readEntry(entry);
  if (read === null) return [];
  return [isReject(read) ? read : reject(read, reason)];
}

/** What the entry says; nothing where it is none. */
export function claimedRecord(entry: LegacyEntry | undefined): LegacyRecord[] {
  const read = entry === undefined ? null : readEntry(entry);
  return read === null || isReject(read) ? [] : [read];
}

const prefix = 'entry ';
const nothing = new Uint8Array();

function claimOf({ chainId, network, spelling, contractName }: LegacyRecord, at: number): LegacyRecord {
  return { key: `${prefix}${at}`, raw: nothing, value: null, chainId, network, spelling, contractName, fields: {} };
}
