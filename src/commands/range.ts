import { StateManagerError } from '../errors.js';
import type { Place, StateRepository } from '../ports/state-repository.js';

/** Two sides of a comparison; base null is before the first commit. */
export type Range = { readonly base: Place | null; readonly head: Place };

/**
 * `A`: from it to the work tree; `A..B`; `A...B`: from their merge base to B; an empty side is HEAD; nothing: HEAD to the
 * work tree. Throws UNKNOWN_REVISION, BAD_USAGE when two commits of `...` have nothing in common.
 */
export async function parseRange(repository: StateRepository, text: string | undefined): Promise<Range> {
  if (text === undefined || text === '') {
    const { commit } = await repository.head();
    return { base: commit === null ? null : { commit }, head: 'worktree' };
  }
  const [, left = '', dots, right = ''] = /^(.*?)(\.\.\.?)(.*)$/s.exec(text) ?? [];
  if (dots === undefined) return { base: { commit: await repository.resolve(text) }, head: 'worktree' };
  const base = await repository.resolve(left === '' ? 'HEAD' : left);
  const head = await repository.resolve(right === '' ? 'HEAD' : right);
  if (dots === '..') return { base: { commit: base }, head: { commit: head } };
  const common = await repository.mergeBase(base, head);
  if (common === null) {
    throw new StateManagerError('BAD_USAGE', `${JSON.stringify(text)}: the two sides have no common commit`, {
      hint: `compare them as they are: stateroot diff ${left}..${right}`,
    });
  }
  return { base: { commit: common }, head: { commit: head } };
}
