import type { Collaboration } from '../commands/sync.js';
import { openMerges } from '../git/merge/open-merges.js';
import { openChanges } from '../git/open-changes.js';
import type { OpenOptions } from '../git/open-checkout-context.js';
import { openRepository } from '../git/open-repository.js';
import { openRemotes } from '../git/remotes.js';

/** All that exchange with other clones needs. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. */
export async function openCollaboration(
  cwd: string,
  options: OpenOptions = {},
): Promise<Collaboration & { close(): Promise<void> }> {
  const repository = await openRepository(cwd, options);
  const [merges, remotes] = [await openMerges(cwd, options), await openRemotes(cwd, options)];
  const changes = openChanges(cwd, options.env);
  return {
    repository,
    merges,
    remotes,
    changes,
    async close() {
      merges.close();
      changes.close();
      await repository.close();
    },
  };
}
