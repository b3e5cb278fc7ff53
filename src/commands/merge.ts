import { hasErrors } from '../core/finding.js';
import type { Conflict } from '../core/merge/conflict.js';
import { conflictGroups } from '../core/merge/conflict-groups.js';
import { networkOfPath } from '../core/layout.js';
import { escaped, shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { Merges, MergeSides } from '../ports/merges.js';
import type { StateRepository, Unfinished } from '../ports/state-repository.js';
import { entryBytes } from './merged-entry.js';
import { type MergePlan, planMerge } from './plan-merge.js';
import { chooseSides, type SideChoice } from './resolve/choose-sides.js';

export type MergeRequest = {
  /** Any branch, tag or commit. */
  readonly revision: string;
  readonly dryRun: boolean;
  /** What a conflict comes to: the merge waits in index and work tree for `resolve`, or nothing is touched at all. */
  readonly onConflict: 'wait' | 'refuse';
  /** How conflicts are decided, as `resolve` takes it. One that names no conflict, or a part of what moves as one, throws BAD_USAGE. */
  readonly decisions?: readonly SideChoice[] | undefined;
  /** A merge commit also where the branch could just be moved: it can be reverted as one. */
  readonly noFastForward?: boolean;
  /** Instead of git's own words. */
  readonly message?: string;
  /** What some files come out as, by path, instead of what the merge by record makes of them. */
  readonly revise?: ReadonlyMap<string, (merged: Uint8Array) => Uint8Array>;
};

export type Merged = {
  readonly kind: 'unchanged' | 'fast-forward' | 'merge';
  /** HEAD before and after; the same on a dry run. */
  readonly before: string | null;
  readonly after: string;
  /** State files that both sides had changed, ascending. */
  readonly files: readonly string[];
  /** What a dead process had left and was finished or undone first. */
  readonly recovered: readonly Unfinished[];
};

/** Why a merge stopped: `details` of its CONFLICT, and the error itself. */
export type MergeConflict = {
  readonly conflicts: readonly Conflict[];
  /** Files that git cannot merge, state apart. */
  readonly paths: readonly string[];
  /** The merge was begun in index and work tree. */
  readonly waiting: boolean;
  readonly ours: string;
  readonly theirs: string;
  readonly error: StateManagerError;
};

/** Null for any other error. */
export function mergeConflictOf(error: unknown): MergeConflict | null {
  if (!(error instanceof StateManagerError) || error.code !== 'CONFLICT' || !('waiting' in error.details)) return null;
  return { ...(error.details as Omit<MergeConflict, 'error'>), error };
}

/**
 * Merges a branch into the checked-out one: state by record and field, everything else as git does. Throws CONFLICT with
 * `details.conflicts` and `details.waiting`, STATE_INVALID, UNCOMMITTED_EDITS, RACED, BUSY, OPERATION_IN_PROGRESS.
 */
export async function merge(repository: StateRepository, merges: Merges, request: MergeRequest): Promise<Merged> {
  const theirs = await repository.resolve(request.revision);
  const head = await repository.head();
  const done = { before: head.commit, after: theirs, files: [], recovered: [] };
  const bases = head.commit === null ? [] : await merges.mergeBases(head.commit, theirs);
  if (bases.includes(theirs)) return { ...done, kind: 'unchanged', after: head.commit ?? theirs };
  if (head.commit === null || (bases.includes(head.commit) && request.noFastForward !== true)) {
    const { recovered } = request.dryRun ? done : await merges.fastForward(head.commit, theirs);
    return { ...done, kind: 'fast-forward', recovered };
  }
  const sides = { ours: head.commit, theirs, bases };
  if (bases.length === 0) throw unrelated(request.revision);
  const name = await merges.describe(request.revision);
  const names = { ours: branchName(head.branch), theirs: request.revision };
  const plan = await decidedPlan(merges, sides, names, request.decisions ?? []);
  if (hasErrors(plan.findings)) throw invalid(plan, name);
  const message = request.message ?? mergeMessage(name, head.branch, plan);
  const files = plan.merged;
  if (plan.waiting.size > 0) throw await conflict(merges, sides, plan, { message, request, others: [] });
  // On a dry run too: the commit is on no branch, and only git knows whether the rest of the tree merges.
  const settled = await revised(merges, plan.settled, request.revise ?? new Map());
  const stored = await merges.commit(sides, settled, message);
  if ('conflicts' in stored) throw await conflict(merges, sides, plan, { message, request, others: stored.conflicts });
  if (request.dryRun) return { ...done, kind: 'merge', after: head.commit, files };
  const { recovered } = await merges.fastForward(head.commit, stored.commit);
  return { kind: 'merge', before: head.commit, after: stored.commit, files, recovered };
}

async function decidedPlan(
  merges: Merges,
  sides: MergeSides,
  names: { readonly ours: string; readonly theirs: string },
  decisions: readonly SideChoice[],
): Promise<MergePlan> {
  const plan = await planMerge(merges, sides, names);
  if (decisions.length === 0) return plan;
  const files = plan.open.map(({ path, conflicts }) => {
    return { file: { path }, name: networkOfPath(path)?.network ?? path, groups: conflictGroups(conflicts) };
  });
  return planMerge(merges, sides, names, chooseSides(files, decisions).choices);
}

async function revised(
  merges: Merges,
  settled: MergePlan['settled'],
  revise: NonNullable<MergeRequest['revise']>,
): Promise<MergePlan['settled']> {
  const files = new Map(settled);
  for (const [path, reviseFile] of revise) {
    const entry = files.get(path) ?? null;
    const bytes = await entryBytes(merges, entry);
    if (entry !== null && bytes !== null) files.set(path, { mode: entry.mode, bytes: reviseFile(bytes) });
  }
  return files;
}

function branchName(ref: string | null): string {
  return ref === null ? 'HEAD' : ref.replace(/^refs\/heads\//, '');
}

/** As git words it, with the networks that were brought together for people and hooks (CONTRACT §3). */
function mergeMessage(name: string, ref: string | null, { merged }: MergePlan): string {
  const branch = branchName(ref);
  const subject = `Merge ${escaped(name)}${['main', 'master'].includes(branch) ? '' : ` into ${escaped(branch)}`}`;
  const networks = merged.flatMap((path) => networkOfPath(path)?.network ?? []);
  const trailers = [...new Set(networks)].map((network) => `State-Network: ${escaped(network)}`);
  return networks.length === 0 ? `${subject}\n` : `${subject}\n\nState-Operation: merge\n${trailers.join('\n')}\n`;
}

async function conflict(
  merges: Merges,
  sides: MergeSides,
  plan: MergePlan,
  { message, request, others }: { message: string; request: MergeRequest; others: readonly string[] },
): Promise<StateManagerError> {
  const waiting = request.onConflict === 'wait' && !request.dryRun;
  if (waiting) await merges.leaveWaiting(sides, message, plan);
  const count = plan.conflicts.length === 1 ? '1 conflict' : `${plan.conflicts.length} conflicts`;
  const rest = others.length === 0 ? '' : `git cannot merge ${others.map(shown).join(', ')}`;
  const what = [...(plan.conflicts.length === 0 ? [] : [`${count} in the state`]), ...(rest === '' ? [] : [rest])];
  const finish = plan.conflicts.length > 0 ? 'stateroot resolve' : 'git status, then git commit';
  return new StateManagerError('CONFLICT', `${shown(request.revision)} does not merge: ${what.join('; ')}.`, {
    hint: waiting ? `${finish}; to give up: git merge --abort` : `stateroot merge ${request.revision}`,
    details: { conflicts: plan.conflicts, paths: others, waiting, ours: sides.ours, theirs: sides.theirs },
  });
}

function invalid({ findings, merged }: MergePlan, name: string): StateManagerError {
  const [first] = findings;
  const where = `${first?.file ?? ''}:${first?.line ?? 1}:${first?.column ?? 1}`;
  return new StateManagerError(
    'STATE_INVALID',
    `Merging ${name} would record state that is not valid: ${where} ${first?.rule ?? ''}: ${first?.message ?? ''}`,
    { hint: `both sides have it: stateroot validate, mend it, then merge again`, details: { findings, files: merged } },
  );
}

function unrelated(revision: string): StateManagerError {
  return new StateManagerError('BAD_INPUT', `${shown(revision)} and this branch have no commit in common.`, {
    hint: `of a shallow clone: git fetch --unshallow; of two beginnings: git rebase ${revision}`,
  });
}
