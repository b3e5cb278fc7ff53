import { hasErrors } from '../../core/finding.js';
import { networkOfPath } from '../../core/layout.js';
import type { Conflict } from '../../core/merge/conflict.js';
import { conflictGroups, type ConflictGroup, type Standing, standingOf } from '../../core/merge/conflict-groups.js';
import { mergeStateFile } from '../../core/merge/merge-state-file.js';
import { type MergedFile, type Marking, plainMarking } from '../../core/merge/merged-file.js';
import type { Choice } from '../../core/merge/settle.js';
import { type NetworkFile, parseNetworkFile } from '../../core/model/network-file.js';
import type { UnmergedFile, UnmergedSide } from '../../ports/unmerged.js';
import { judge } from '../judge.js';
import { isUntouched } from './untouched.js';

/** A state file in conflict, and what merging it by record comes to. */
export type OpenFile = {
  readonly file: UnmergedFile;
  /** What people call it: its network, or its path. */
  readonly name: string;
  readonly merged: MergedFile;
  readonly groups: readonly ConflictGroup[];
  /** Somebody's own text in the work tree, which is not overwritten: `valid` when it could be staged as it is. */
  readonly edited: 'valid' | 'invalid' | null;
};

export function openFile(file: UnmergedFile): OpenFile {
  const merged = mergeUnmerged(file);
  const standing = standingIn(file);
  return {
    file,
    name: networkOfPath(file.path)?.network ?? file.path,
    merged,
    groups: conflictGroups(merged.conflicts, standing),
    edited: isUntouched(file, [merged]) ? null : editedText(file),
  };
}

/** The three stages merged by record, with these decisions. What is no plain file can only be taken whole. */
export function mergeUnmerged(
  file: UnmergedFile,
  choices: readonly Choice[] = [],
  marking: Marking = plainMarking,
): MergedFile {
  const { path, base, ours, theirs } = file;
  if ([ours, theirs].every(isPlain)) {
    const texts = { base: base?.bytes ?? null, ours: ours?.bytes ?? null, theirs: theirs?.bytes ?? null };
    return mergeStateFile(path, texts, choices, marking);
  }
  const whole = choices.find((choice) => choice.contract === null && choice.path === '');
  const settledBase = base?.bytes ?? null;
  if (whole !== undefined) {
    return { bytes: file[whole.side]?.bytes ?? null, conflicts: [], marked: null, settledBase };
  }
  const network = networkOfPath(path)?.network ?? path;
  const conflict = { network, contract: null, path: '', reason: 'a side is no plain file' };
  return { bytes: ours?.bytes ?? null, conflicts: [conflict], marked: null, settledBase };
}

/** How each record stands on the three sides; nothing is known of sides that cannot be read. */
export function standingIn({ base, ours, theirs }: UnmergedFile): (conflict: Conflict) => Standing | undefined {
  const [before, mine, other] = [base, ours, theirs].map(networkFile);
  const isKnown = [before, mine, other].every((file) => file !== null);
  return ({ contract }) =>
    contract === null || !isKnown
      ? undefined
      : standingOf({ base: before ?? undefined, ours: mine ?? undefined, theirs: other ?? undefined }, contract);
}

function isPlain(side: UnmergedSide | null): boolean {
  return side === null || side.mode === '100644' || side.mode === '100755';
}

/** Undefined where there is no file, null where it cannot be read. */
function networkFile(side: UnmergedSide | null): NetworkFile | null | undefined {
  if (side === null) return undefined;
  const parsed = parseNetworkFile(side.bytes);
  return parsed.ok ? parsed.file : null;
}

function editedText({ root, worktree }: UnmergedFile): 'valid' | 'invalid' {
  if (worktree === null) return 'valid';
  return hasErrors(judge(root, [{ after: worktree, before: [] }])) ? 'invalid' : 'valid';
}
