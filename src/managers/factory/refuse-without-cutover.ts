import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { networkFilePathOf, networkOfPath } from '../../core/layout.js';
import type { MigrationNote } from '../../core/migration/note.js';
import { StateManagerError } from '../../errors.js';
import { type LibraryOptions, openRepository } from '../../library/open-repository.js';

/**
 * Refuses network files that are not there though the cutover of this clone brought them: on a branch without it, or after somebody
 * reverted it by hand, everything would be deployed again. Asks git for one tree, and only where a migration was cut over. `root` is
 * absolute. Throws BACKEND_UNAVAILABLE.
 */
export async function refuseWithoutCutover(
  root: string,
  network: string | null,
  { scripts, merge, id }: MigrationNote,
  options: LibraryOptions,
): Promise<void> {
  if (scripts !== 'git' || merge === undefined) return;
  const brought = await networksAt(root, merge, options);
  // A spelling that names no file: any file says that the cutover is there.
  const asked = network !== null && brought.includes(network) ? [network] : brought;
  const files = asked.map((name) => networkFilePathOf('', name));
  const [first] = files;
  if (first === undefined || files.some((file) => existsSync(join(root, file)))) return;
  throw new StateManagerError(
    'BACKEND_UNAVAILABLE',
    `${first} is not there, which migration ${id} brought: what is checked out lacks its cutover, ${merge.slice(0, 7)}.`,
    {
      hint: `git merge ${merge.slice(0, 7)}, or take its revert back: git revert <revert>; to leave Git: then stateroot migrate rollback; or name a backend`,
      details: { path: first, migration: id, merge, reference: 'MIGRATION-002' },
    },
  );
}

/** None where that commit is not there any more: the history was written anew, and nothing is known of it. */
async function networksAt(root: string, commit: string, options: LibraryOptions): Promise<readonly string[]> {
  const repository = await openRepository(root, options);
  try {
    const paths = await (await repository.at({ commit: await repository.resolve(commit) })).paths();
    return paths.flatMap((path) => networkOfPath(path)?.network ?? []);
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'UNKNOWN_REVISION') return [];
    throw error;
  } finally {
    await repository.close();
  }
}
