import type { Conflict } from '../core/merge/conflict.js';
import { networkOfPath, stateRootOf } from '../core/layout.js';
import type { MergedFile, Marking } from '../core/merge/merged-file.js';
import type { Choice } from '../core/merge/settle.js';
import { mergeStateFile } from '../core/merge/merge-state-file.js';
import { compareFindings, type Finding } from '../core/finding.js';
import type { DivergedFile, MergedEntry, Merges, MergeSides, TreeFile, WaitingEntry } from '../ports/merges.js';
import type { StateFile } from '../ports/state-repository.js';
import { judge } from './judge.js';
import { entryBytes, sameEntry } from './merged-entry.js';
import { virtualBase } from './virtual-base.js';

export type MergePlan = {
  /** State files that differ on the two sides, as they come out. */
  readonly settled: ReadonlyMap<string, MergedEntry>;
  readonly waiting: ReadonlyMap<string, WaitingEntry>;
  /** Ascending by path, then as `mergeStateFile` orders them. */
  readonly conflicts: readonly Conflict[];
  /** Files that both sides changed and that merged without conflict, ascending. */
  readonly merged: readonly string[];
  /** The same conflicts by file, ascending by path. */
  readonly open: readonly { readonly path: string; readonly conflicts: readonly Conflict[] }[];
  /** Of the files that are in none of the two sides: errors the gate would refuse. */
  readonly findings: readonly Finding[];
};

/**
 * What merging two commits makes of state: by record and field, whatever git would make of the text. `choices` are decisions
 * by path of the file.
 */
export async function planMerge(
  merges: Merges,
  sides: MergeSides,
  names: { readonly ours: string; readonly theirs: string },
  choices: ReadonlyMap<string, readonly Choice[]> = new Map(),
): Promise<MergePlan> {
  const settled = new Map<string, MergedEntry>();
  const waiting = new Map<string, WaitingEntry>();
  const open: { path: string; conflicts: readonly Conflict[] }[] = [];
  const made: StateFile[] = [];
  for (const file of await merges.diverged(sides)) {
    const base = await virtualBase(merges, sides, file);
    const side = unmoved(file, base);
    if (side !== undefined) {
      settled.set(file.path, side);
      continue;
    }
    const merged = await mergeDiverged(merges, file, base, { names, choices: choices.get(file.path) ?? [] });
    const mode = mergedMode(file, base);
    if (merged.conflicts.length > 0) {
      open.push({ path: file.path, conflicts: merged.conflicts });
      const { ours, theirs } = file;
      waiting.set(file.path, { base: base === 'undecided' ? null : base, ours, theirs, text: merged.marked });
    } else {
      settled.set(file.path, merged.bytes === null ? null : { mode, bytes: merged.bytes });
      if (merged.bytes !== null) made.push({ path: file.path, mode, bytes: merged.bytes });
    }
  }
  const conflicts = open.flatMap((file) => file.conflicts);
  return { settled, waiting, conflicts, open, merged: made.map(({ path }) => path), findings: judgeMade(made) };
}

/** The side whose entry stands because the other did not move; undefined when both did, and apart. */
function unmoved({ ours, theirs }: DivergedFile, base: MergedEntry | 'undecided'): TreeFile | null | undefined {
  if (base === 'undecided') return undefined;
  if (sameEntry(base, ours)) return theirs;
  return sameEntry(base, theirs) ? ours : undefined;
}

async function mergeDiverged(
  merges: Merges,
  { path, ours, theirs }: DivergedFile,
  base: MergedEntry | 'undecided',
  { names, choices }: { readonly names: Pick<Marking, 'ours' | 'theirs'>; readonly choices: readonly Choice[] },
): Promise<MergedFile> {
  const [mine, other] = await Promise.all([entryBytes(merges, ours), entryBytes(merges, theirs)]);
  const marking = { ...names, size: 7 };
  const plain = [ours, theirs].every((side) => side === null || side.mode === '100644' || side.mode === '100755');
  if (base !== 'undecided' && plain) {
    return mergeStateFile(path, { base: await entryBytes(merges, base), ours: mine, theirs: other }, choices, marking);
  }
  // Without a base to compare with nothing says who moved; and a link has no text to merge.
  const network = networkOfPath(path)?.network ?? path;
  const reason = plain
    ? 'the two sides were merged with each other before, and differently'
    : 'a side is no plain file';
  return { bytes: mine, conflicts: [{ network, contract: null, path: '', reason }], marked: null, settledBase: null };
}

function mergedMode({ ours, theirs }: DivergedFile, base: MergedEntry | 'undecided'): string {
  if (ours === null || theirs === null) return (ours ?? theirs)?.mode ?? '100644';
  const before = base === 'undecided' || base === null ? null : base.mode;
  return ours.mode === before ? theirs.mode : ours.mode;
}

function judgeMade(files: readonly StateFile[]): Finding[] {
  const roots = [...new Set(files.map(({ path }) => stateRootOf(path) ?? ''))];
  return roots
    .flatMap((root) =>
      judge(
        root,
        files.filter(({ path }) => stateRootOf(path) === root).map((after) => ({ after, before: [] })),
      ),
    )
    .sort(compareFindings);
}
