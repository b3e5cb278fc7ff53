import { StateManagerError } from '../../errors.js';
import type { MergeCommits } from '../../ports/merge-commits.js';
import type { StateRepository } from '../../ports/state-repository.js';

/** What a CI run compares. Full oids. */
export type CiRange = {
  readonly head: string;
  /** What was named; null where there is nothing to compare with. */
  readonly base: string | null;
  /** What the head is compared with: the base, or where the two parted. */
  readonly from: string | null;
  /**
   * `diverged`: the base has commits that the head has not. `rewritten`: so it is, and the base is what the branch was
   * before a push: those commits are gone from it.
   */
  readonly relation: 'alone' | 'descends' | 'diverged' | 'rewritten';
};

export type RangeRequest = {
  /** A revision; null compares with nothing. */
  readonly base: string | null;
  /** The base is what the branch was before a push. */
  readonly isPush: boolean;
  /** The clone does not have the whole history. */
  readonly shallow: boolean;
};

/**
 * The two sides of a CI run, HEAD being the one that is judged. Fails closed: throws UNKNOWN_REVISION where the base is not
 * in this clone, GIT_FAILED where a shallow history does not say where the two parted, BAD_USAGE where they never did.
 */
export async function ciRange(
  repository: StateRepository,
  merges: MergeCommits,
  request: RangeRequest,
): Promise<CiRange> {
  const { base: revision, isPush, shallow } = request;
  const head = await repository.resolve('HEAD');
  if (revision === null) return { head, base: null, from: null, relation: 'alone' };
  const base = await knownBase(repository, revision, request);
  if (shallow) await requireHistory(merges, base, head);
  const parting = await repository.mergeBase(base, head);
  if (parting === base) return { head, base, from: base, relation: 'descends' };
  if (isPush) return { head, base, from: base, relation: 'rewritten' };
  if (parting !== null) return { head, base, from: parting, relation: 'diverged' };
  throw new StateManagerError('BAD_USAGE', `${revision} and HEAD have no common commit, so nothing says what changed`, {
    hint: 'name a base that the branch was made from: stateroot ci --base origin/main',
    details: { base, head },
  });
}

async function knownBase(
  repository: StateRepository,
  revision: string,
  { isPush, shallow }: RangeRequest,
): Promise<string> {
  try {
    return await repository.resolve(revision);
  } catch (cause) {
    if (!(cause instanceof StateManagerError) || cause.code !== 'UNKNOWN_REVISION') throw cause;
    const why = isPush ? ': a push that rewrites history leaves what was there before behind' : '';
    const message = `The base ${revision} is not in this clone${shallow ? ', which is shallow' : ''}${why}`;
    const hint = shallow ? deepen : `git fetch origin, then again, or name another: stateroot ci --base origin/main`;
    throw new StateManagerError('UNKNOWN_REVISION', message, { cause, hint, details: { base: revision, shallow } });
  }
}

const deepen =
  'git fetch --unshallow; in a workflow fetch-depth: 0 of actions/checkout, elsewhere the depth of the clone';

/** Both ways: a history that is cut on either side may show another parting, or none. */
async function requireHistory(merges: MergeCommits, base: string, head: string): Promise<void> {
  try {
    for (const [from, to] of [
      [base, head],
      [head, base],
    ] as const) {
      // The first answer comes after the whole range was walked.
      await merges.merges({ from, to })[Symbol.asyncIterator]().next();
    }
  } catch (cause) {
    if (!(cause instanceof StateManagerError) || cause.code !== 'GIT_FAILED') throw cause;
    throw new StateManagerError('GIT_FAILED', cause.message, { cause, hint: deepen, details: cause.details });
  }
}
