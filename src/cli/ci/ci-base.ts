import type { RangeRequest } from '../../commands/ci/range.js';
import { StateManagerError } from '../../errors.js';
import type { Checkout } from '../../ports/checkout.js';
import type { StateRepository } from '../../ports/state-repository.js';
import type { GithubRun } from './github-run.js';

export type CiBase = Pick<RangeRequest, 'base' | 'isPush'> & {
  /** As people call it; null without one. */
  readonly name: string | null;
};

/**
 * What HEAD is compared with: what was asked for, else what the run on GitHub says, else the upstream branch. Throws
 * BAD_USAGE where nothing says it.
 */
export async function ciBase(
  asked: string | undefined,
  run: GithubRun | null,
  { repository, checkout }: { repository: StateRepository; checkout: Checkout },
): Promise<CiBase> {
  if (asked !== undefined) return { base: asked, isPush: false, name: asked };
  if (run !== null) return ofRun(run, repository);
  const upstream = await checkout.upstream();
  if (upstream !== null) return { base: upstream.name, isPush: false, name: upstream.name };
  throw new StateManagerError('BAD_USAGE', 'Nothing says what to compare HEAD with: no --base, no upstream branch', {
    hint: 'stateroot ci --base origin/main',
  });
}

async function ofRun({ base, baseName }: GithubRun, repository: StateRepository): Promise<CiBase> {
  if (base === null) return { base: null, isPush: false, name: null };
  const { revision, testMergeOf, isPush } = base;
  const isTestMerge = testMergeOf !== null && (await oidOf(repository, 'HEAD^2')) === testMergeOf;
  // Its first parent is what the base was when GitHub merged; the branch may have gone on since.
  return { base: isTestMerge ? 'HEAD^1' : revision, isPush, name: baseName ?? revision };
}

async function oidOf(repository: StateRepository, revision: string): Promise<string | null> {
  try {
    return await repository.resolve(revision);
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'UNKNOWN_REVISION') return null;
    throw error;
  }
}
