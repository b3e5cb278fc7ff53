import { equalJson } from '../../core/equal.js';
import { compareFindings, type Finding, hasErrors } from '../../core/finding.js';
import { shown } from '../../core/shown.js';
import type { Conflict } from '../../core/merge/conflict.js';
import type { MergedFile, Marking } from '../../core/merge/merged-file.js';
import type { Choice } from '../../core/merge/settle.js';
import { StateManagerError } from '../../errors.js';
import type { Unmerged, Operation, Settlement, UnmergedFile } from '../../ports/unmerged.js';
import { judge } from '../judge.js';
import { mergeUnmerged, type OpenFile, openFile } from './open-file.js';
import { isUntouched } from './untouched.js';

/** Everything that is in conflict now. */
export type OpenConflicts = {
  readonly operation: Operation;
  readonly files: readonly OpenFile[];
  /** Paths in conflict that are no state: left alone. */
  readonly others: readonly string[];
};

export type Resolved = {
  /** Paths that were settled and staged, ascending. */
  readonly resolved: readonly string[];
  readonly remaining: readonly Conflict[];
  /** Files in which some conflicts were decided and others wait. */
  readonly amended: readonly string[];
  /** Files whose decisions cannot be kept one by one: all of their conflicts are decided in one call, or none is. */
  readonly unkept: readonly string[];
  /** Files somebody edited by hand, left as they are; their conflicts remain. */
  readonly edited: readonly OpenFile[];
};

export async function openConflicts(merging: Unmerged): Promise<OpenConflicts> {
  const { state, others } = await merging.unmerged();
  const files = state.map(openFile);
  const isUnique = (name: string) => files.filter((file) => file.name === name).length === 1;
  return {
    operation: await merging.operation(state),
    // The same network in two state roots: only the path tells them apart.
    files: files.map((file) => (isUnique(file.name) ? file : { ...file, name: file.file.path })),
    others,
  };
}

/**
 * Settles what needs no decision or has got one, and keeps decisions of files that still wait (CONTRACT §3: commits
 * nothing). Throws STATE_INVALID with nothing changed when a result would be invalid, and what `Unmerged.write` throws.
 */
export async function resolve(
  merging: Unmerged,
  { operation, files }: OpenConflicts,
  options: { readonly choices: ReadonlyMap<string, readonly Choice[]>; readonly dryRun: boolean },
): Promise<Resolved> {
  const marking = { ours: operation.ours.name, theirs: operation.theirs.name, size: 7 };
  const parts = files.map((file) => settlementOf(file, options.choices.get(file.file.path) ?? [], marking));
  const settlements = parts.flatMap(({ settlement }) => settlement ?? []);
  refuseInvalid(settlements, operation);
  if (!options.dryRun) await merging.write(settlements);
  const pathsOf = (kind: Settlement['kind']) =>
    settlements.flatMap((settlement) => (settlement.kind === kind ? [settlement.file.path] : []));
  return {
    resolved: pathsOf('settle'),
    remaining: parts.flatMap(({ remaining }) => remaining),
    amended: pathsOf('amend'),
    unkept: parts.flatMap(({ unkept }) => unkept ?? []),
    edited: parts.flatMap(({ edited }) => edited ?? []),
  };
}

type Part = {
  readonly settlement: Settlement | null;
  readonly remaining: readonly Conflict[];
  readonly edited: OpenFile | null;
  readonly unkept: string | null;
};

function settlementOf(open: OpenFile, choices: readonly Choice[], marking: Marking): Part {
  const { file } = open;
  const merged = choices.length === 0 ? open.merged : mergeUnmerged(file, choices, marking);
  // What a run that was killed wrote with the same decisions is ours to write again.
  const later = amendedTo(file, merged.settledBase, marking);
  if (open.edited !== null && !isUntouched(file, [merged, later])) {
    return { ...nothing, remaining: open.merged.conflicts, edited: open };
  }
  if (merged.conflicts.length === 0) return { ...nothing, settlement: { kind: 'settle', file, bytes: merged.bytes } };
  if (choices.length === 0) return { ...nothing, remaining: merged.conflicts };
  // A base that does not come back as the same merge would lose what is still open.
  if (!equalJson(placesOf(later), placesOf(merged))) {
    return { ...nothing, remaining: open.merged.conflicts, unkept: file.path };
  }
  const settlement: Settlement = { kind: 'amend', file, base: merged.settledBase, text: later.marked };
  return { ...nothing, settlement, remaining: merged.conflicts };
}

const nothing: Part = { settlement: null, remaining: [], edited: null, unkept: null };

function placesOf({ conflicts }: MergedFile): (string | null)[][] {
  return conflicts.map(({ contract, path, reason }) => [contract, path, reason ?? null]);
}

/** What the file is once the decided base is its base. */
function amendedTo(file: UnmergedFile, base: Uint8Array | null, marking: Marking): MergedFile {
  return mergeUnmerged({ ...file, base: base === null ? null : { mode: '100644', oid: '', bytes: base } }, [], marking);
}

/** One gate for every result; a merge commit is judged against both of its parents. */
function refuseInvalid(settlements: readonly Settlement[], { kind }: Operation): void {
  const findings = settlements.flatMap((settlement): Finding[] => {
    if (settlement.kind !== 'settle' || settlement.bytes === null) return [];
    const { root, path, ours, theirs } = settlement.file;
    const before = (kind === 'merge' ? [ours, theirs] : [ours]).map((side) =>
      side === null ? null : { ...side, path },
    );
    return judge(root, [{ after: { path, mode: '100644', bytes: settlement.bytes }, before }]);
  });
  if (!hasErrors(findings)) return;
  const files = [...new Set(findings.map(({ file }) => file))].map(shown).join(', ');
  throw new StateManagerError('STATE_INVALID', `Settled like this, ${files} would not be valid.`, {
    hint: 'decide differently, or edit the file, then: stateroot seal, git add',
    details: { findings: findings.sort(compareFindings) },
  });
}
