import { hasErrors } from '../core/finding.js';
import { StateManagerError } from '../errors.js';
import type { Merges } from '../ports/merges.js';
import type { PushOutcome, RemoteBranch, Remotes } from '../ports/remotes.js';
import type { StateChanges } from '../ports/state-changes.js';
import type { StateRepository } from '../ports/state-repository.js';
import { merge } from './merge.js';
import { validateChanges } from './validate-changes.js';

export type SyncRequest = {
  /** Default: the upstream of the checked-out branch, else `origin`. */
  readonly remote?: string | undefined;
  readonly dryRun: boolean;
  /** What happens, as it does. */
  readonly step?: (step: SyncStep) => void;
};

export type SyncStep =
  | { readonly kind: 'fetch'; readonly branch: string; readonly ahead: number; readonly behind: number }
  | { readonly kind: 'merge'; readonly how: 'fast-forward' | 'merge'; readonly files: readonly string[] }
  | { readonly kind: 'push'; readonly outcome: PushOutcome; readonly attempt: number };

export type Synced = {
  /** `origin/main`. */
  readonly branch: string;
  /** Commits of ours that the remote got, merges apart. */
  readonly pushed: number;
  readonly merges: number;
  /** Commits of others that came in. */
  readonly received: number;
  /** How often the whole was tried; 1 without a race. */
  readonly attempts: number;
  /** HEAD afterwards. */
  readonly commit: string;
};

export type Collaboration = {
  readonly repository: StateRepository;
  readonly merges: Merges;
  readonly remotes: Remotes;
  readonly changes: StateChanges;
};

const maximumAttempts = 50;

/**
 * Brings this branch and that of the remote together: fetch, fast-forward or semantic merge, the gate, a push that names
 * the value it expects. Raced, it starts again, after a pause of random length. Throws CONFLICT (nothing is left
 * waiting), STATE_INVALID, RACED after 50 attempts, PUSH_REFUSED, PUSH_UNKNOWN; local commits are kept whatever happens.
 */
export async function sync(clone: Collaboration, request: SyncRequest): Promise<Synced> {
  const { repository, remotes } = clone;
  const branch = await remotes.branchOf(request.remote);
  const start = (await repository.head()).commit;
  let lost: Attempt | null = null;
  let judged: string | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const tip = await fetchAfter(remotes, branch, lost);
    const ours = (await repository.head()).commit;
    // What came in by a merge of ours was judged with it: a race is lost in the time between fetch and push.
    if (ours !== null && ours !== judged && !request.dryRun) await refuseInvalid(clone.changes, ours, tip);
    const commit = await settled(bringIn(clone, { branch, tip, ours }, request));
    if (commit !== 'raced') {
      judged = commit;
      const sent: Attempt = { commit, expected: tip };
      if (tip !== null && (await remotes.isAncestor(commit, tip))) {
        return summary(remotes, branch, { start, attempt, sent: lost ?? { commit, expected: commit }, tip, commit });
      }
      lost = null;
      if (request.dryRun) return summary(remotes, branch, { start, attempt, sent, tip, commit });
      const outcome = await remotes.push(branch, commit, tip);
      request.step?.({ kind: 'push', outcome, attempt });
      if (outcome.kind === 'pushed') return summary(remotes, branch, { start, attempt, sent, tip, commit });
      if (outcome.kind === 'unknown') lost = sent;
    }
    if (attempt === maximumAttempts) throw gaveUp(branch, lost);
    await remotes.pause(attempt);
  }
}

/** A push: what was sent, and what was expected to stand there. */
type Attempt = { readonly commit: string; readonly expected: string | null };

async function fetchAfter(remotes: Remotes, branch: RemoteBranch, lost: Attempt | null): Promise<string | null> {
  try {
    return await remotes.fetch(branch);
  } catch (error) {
    if (lost === null) throw error;
    throw unknownOutcome(branch, lost, error);
  }
}

/** Fast-forwards or merges what the remote has, and answers where this branch is then. Throws CONFLICT, RACED. */
async function bringIn(
  { repository, merges, remotes }: Collaboration,
  { branch, tip, ours: commit }: { branch: RemoteBranch; tip: string | null; ours: string | null },
  { dryRun, step }: SyncRequest,
): Promise<string> {
  const name = shortName(branch);
  if (tip === null) {
    if (commit !== null) return commit;
    throw new StateManagerError('BAD_INPUT', `Neither this branch nor ${name} has a commit yet.`, {
      hint: 'write something first: stateroot put',
    });
  }
  const [ahead, behind] = await Promise.all([
    commit === null ? { commits: 0, merges: 0 } : remotes.count(tip, commit),
    remotes.count(commit, tip),
  ]);
  step?.({ kind: 'fetch', branch: name, ahead: total(behind), behind: total(ahead) });
  const merged = await merge(repository, merges, { revision: branch.tracking, dryRun, onConflict: 'refuse' });
  if (merged.before !== commit) {
    throw new StateManagerError('RACED', 'A commit was made here meanwhile.', { hint: 'run it again' });
  }
  if (merged.kind !== 'unchanged') step?.({ kind: 'merge', how: merged.kind, files: merged.files });
  return merged.after;
}

/** Someone else moved the branch, or git's index was busy: as good as a race with the remote. */
async function settled(commit: Promise<string>): Promise<string> {
  try {
    return await commit;
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'RACED') return 'raced';
    throw error;
  }
}

/** What is pushed passes the gate, commit by commit, whoever made it. */
export async function refuseInvalid(changes: StateChanges, commit: string, tip: string | null): Promise<void> {
  const known = tip === null ? [] : [tip];
  const { findings } = await validateChanges(changes.changes({ tips: [commit], known: { commits: known } }));
  if (!hasErrors(findings)) return;
  const first = findings.find(({ severity }) => severity === 'error');
  const where = `${first?.file ?? ''}:${first?.line ?? 1}:${first?.column ?? 1}`;
  throw new StateManagerError(
    'STATE_INVALID',
    `What would be pushed is not valid: ${where} ${first?.rule ?? ''}: ${first?.message ?? ''}`,
    {
      hint: `stateroot validate --range ${tip === null ? commit.slice(0, 12) : `${tip.slice(0, 12)}..HEAD`}`,
      details: { findings },
    },
  );
}

async function summary(
  remotes: Remotes,
  branch: RemoteBranch,
  {
    start,
    attempt,
    sent,
    tip,
    commit,
  }: { start: string | null; attempt: number; sent: Attempt; tip: string | null; commit: string },
): Promise<Synced> {
  const [pushed, received] = await Promise.all([
    remotes.count(sent.expected, sent.commit),
    tip === null ? { commits: 0, merges: 0 } : remotes.count(start, tip),
  ]);
  const attempts = attempt;
  return {
    branch: shortName(branch),
    pushed: pushed.commits,
    merges: pushed.merges,
    received: total(received),
    attempts,
    commit,
  };
}

function total({ commits, merges }: { commits: number; merges: number }): number {
  return commits + merges;
}

function shortName({ tracking }: RemoteBranch): string {
  return tracking.replace(/^refs\/remotes\//, '');
}

function gaveUp(branch: RemoteBranch, lost: Attempt | null): StateManagerError {
  if (lost !== null) return unknownOutcome(branch, lost, undefined);
  return new StateManagerError(
    'RACED',
    `${shortName(branch)} moved each of ${maximumAttempts} times before the push arrived; your commits are kept here.`,
    { hint: 'stateroot sync', details: { attempts: maximumAttempts } },
  );
}

function unknownOutcome(branch: RemoteBranch, { commit }: Attempt, cause: unknown): StateManagerError {
  return new StateManagerError(
    'PUSH_UNKNOWN',
    `The connection was lost while ${commit.slice(0, 7)} was pushed to ${shortName(branch)}: it may have arrived or not.`,
    { cause, hint: 'stateroot sync finds out, and pushes again if it has not; your commits are kept here' },
  );
}
