import { pushEach } from '../commands/push-each.js';
import type { OpenOptions } from '../git/open-checkout-context.js';
import { openRepository as openLocal } from '../git/open-repository.js';
import type { StateRepository } from '../ports/state-repository.js';
import { openCollaboration } from './open-collaboration.js';

export type LibraryOptions = OpenOptions & {
  /** `each`: a write to the checked-out branch resolves when it is on the remote too, merged by record where others came first. */
  readonly push?: 'each' | 'manual';
  /** For `push`; default the upstream of the branch, else `origin`. */
  readonly remote?: string;
};

/**
 * Opens the repository around `cwd`, bound to the nearest state root at or above it. Starts no process by itself. Throws
 * NOT_A_REPOSITORY and BARE_REPOSITORY. Call `close()` in the end.
 */
export async function openRepository(cwd: string, options: LibraryOptions = {}): Promise<StateRepository> {
  if (options.push !== 'each') return openLocal(cwd, options);
  const clone = await openCollaboration(cwd, options);
  return { ...pushEach(clone, options.remote), close: () => clone.close() };
}
