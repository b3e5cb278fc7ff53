import { StateManagerError } from '../../errors.js';
import type { Head } from '../../ports/state-repository.js';
import type { CheckoutPlace } from '../checkout-place.js';
import { readOnlyFs } from './read-only-fs.js';

/** HEAD where there is no git program. */
export async function headWithoutGit(place: CheckoutPlace): Promise<Head> {
  const git = await import('isomorphic-git');
  const branch =
    (await git.currentBranch({ fs: readOnlyFs, dir: place.top, gitdir: place.gitDir, fullname: true })) ?? null;
  try {
    return { branch, commit: await resolveWithoutGit(place, branch ?? 'HEAD') };
  } catch (error) {
    if (branch !== null && error instanceof StateManagerError && error.code === 'UNKNOWN_REVISION')
      return { branch, commit: null };
    throw error;
  }
}

/** A branch, tag, remote branch or (abbreviated) oid → commit oid. Dates need git's history walk. Throws UNKNOWN_REVISION. */
export async function resolveWithoutGit(place: CheckoutPlace, revision: string): Promise<string> {
  const git = await import('isomorphic-git');
  const gitdir = revision === 'HEAD' ? place.gitDir : place.commonDir;
  try {
    const oid = await git
      .resolveRef({ fs: readOnlyFs, gitdir, ref: revision })
      .catch(() => git.expandOid({ fs: readOnlyFs, gitdir: place.commonDir, oid: revision }));
    const { oid: commit } = await git.readCommit({ fs: readOnlyFs, gitdir: place.commonDir, oid });
    return commit;
  } catch (cause) {
    throw new StateManagerError(
      'UNKNOWN_REVISION',
      `${JSON.stringify(revision)} names no commit that can be found without the git program.`,
      {
        cause,
        hint: 'install git 2.38 or newer, or give a full commit id',
      },
    );
  }
}
