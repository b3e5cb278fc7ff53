import { mergeStateFile } from '../core/merge/merge-state-file.js';
import type { DivergedFile, MergedEntry, Merges, MergeSides } from '../ports/merges.js';
import { entryBytes, sameEntry } from './merged-entry.js';

/**
 * What a file was before the two sides parted. With several merge bases (criss-cross merges) the bases are merged first, as
 * git does; where they cannot be, nothing is known, and `undecided` leaves it to a person.
 */
export async function virtualBase(
  merges: Merges,
  { bases }: Pick<MergeSides, 'bases'>,
  { path, bases: entries }: Pick<DivergedFile, 'path' | 'bases'>,
): Promise<MergedEntry | 'undecided'> {
  let base: MergedEntry = entries[0] ?? null;
  for (const [at, next] of entries.entries()) {
    if (at === 0 || sameEntry(base, next)) continue;
    const older = await merges.mergeBases(bases[0] ?? '', bases[at] ?? '');
    const sides = { ours: bases[0] ?? '', theirs: bases[at] ?? '', bases: older };
    const found = (await merges.diverged(sides)).find((file) => file.path === path);
    const below: MergedEntry | 'undecided' =
      found === undefined ? null : await virtualBase(merges, { bases: older }, found);
    if (below === 'undecided') return 'undecided';
    const [before, ours, theirs] = await Promise.all([below, base, next].map((entry) => entryBytes(merges, entry)));
    const merged = mergeStateFile(path, { base: before ?? null, ours: ours ?? null, theirs: theirs ?? null });
    if (merged.conflicts.length > 0) return 'undecided';
    base = merged.bytes === null ? null : { mode: (base ?? next)?.mode ?? '100644', bytes: merged.bytes };
  }
  return base;
}
