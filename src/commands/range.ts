import { StateManagerError } from '../errors.js';
import type { Place, StateRepository } from '../ports/state-repository.js';

/** Two sides of a comparison; a commit that is null is the one before the first. */
export type Range = { readonly base: Place | null; readonly head: Place | null };

export type RangeRequest = {
  /** `A`, `A..B` or `A...B`; without it HEAD. */
  readonly range?: string | undefined;
  /** What a single commit is compared with: the work tree, or with `staged` the index. */
  readonly staged?: boolean;
  /** The index against the work tree. */
  readonly unstaged?: boolean;
  /** A single commit stands for where it and HEAD parted. */
  readonly mergeBase?: boolean;
  /** Head to base. */
  readonly reverse?: boolean;
};

/**
 * `A`: from it to the work tree; `A..B`; `A...B`: from their merge base to B; an empty side is HEAD; nothing: HEAD to the
 * work tree. Throws UNKNOWN_REVISION, BAD_USAGE when two commits have nothing in common or the request contradicts itself.
 */
export async function parseRange(repository: StateRepository, request: RangeRequest): Promise<Range> {
  const { base, head } = await sidesOf(repository, request);
  return request.reverse === true ? { base: head, head: base } : { base, head };
}

async function sidesOf(repository: StateRepository, request: RangeRequest): Promise<Range> {
  const { range: text = '', staged = false, unstaged = false, mergeBase = false } = request;
  const [, left = '', dots, right = ''] = /^(.*?)(\.\.\.?)(.*)$/s.exec(text) ?? [];
  refuseContradiction(request, dots !== undefined);
  if (unstaged) return { base: 'index', head: 'worktree' };
  const head = staged ? 'index' : 'worktree';
  if (dots === undefined && mergeBase) return { base: await parting(repository, text, ['HEAD', text || 'HEAD']), head };
  if (text === '') {
    const { commit } = await repository.head();
    return { base: commit === null ? null : { commit }, head };
  }
  if (dots === undefined) return { base: { commit: await repository.resolve(text) }, head };
  const sides = [left || 'HEAD', right || 'HEAD'] as const;
  if (dots === '...') {
    return { base: await parting(repository, text, sides), head: { commit: await repository.resolve(sides[1]) } };
  }
  return { base: { commit: await repository.resolve(sides[0]) }, head: { commit: await repository.resolve(sides[1]) } };
}

async function parting(
  repository: StateRepository,
  text: string,
  [left, right]: readonly [string, string],
): Promise<Place> {
  const commits = [await repository.resolve(left), await repository.resolve(right)] as const;
  const commit = await repository.mergeBase(...commits);
  if (commit !== null) return { commit };
  throw new StateManagerError('BAD_USAGE', `${JSON.stringify(text)}: the two sides have no common commit`, {
    hint: `compare them as they are: stateroot diff ${left}..${right}`,
  });
}

function refuseContradiction({ range, staged, unstaged, mergeBase }: RangeRequest, isRange: boolean): void {
  const refuse = (message: string): never => {
    throw new StateManagerError('BAD_USAGE', message, { hint: 'stateroot help diff' });
  };
  if (staged === true && unstaged === true) refuse('--staged and --unstaged exclude each other.');
  if (staged === true && isRange) refuse('--staged compares the index with one commit, not with a range.');
  if (unstaged === true && (range !== undefined || mergeBase === true)) {
    refuse('--unstaged compares the index with the work tree; no commit takes part.');
  }
  if (mergeBase === true && isRange) refuse('--merge-base takes one commit; a range says it with three dots, A...B.');
}
