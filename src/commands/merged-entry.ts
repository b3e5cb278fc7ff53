import type { MergedEntry, Merges } from '../ports/merges.js';

export async function entryBytes(merges: Merges, entry: MergedEntry): Promise<Uint8Array | null> {
  if (entry === null) return null;
  if ('bytes' in entry) return entry.bytes;
  return (await merges.blobs([entry.oid])).get(entry.oid) ?? null;
}

/** The same file with the same mode. Bytes that are no blob yet are like no other entry. */
export function sameEntry(a: MergedEntry, b: MergedEntry): boolean {
  if (a === null || b === null) return a === b;
  return 'oid' in a && 'oid' in b && a.oid === b.oid && a.mode === b.mode;
}
