import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
import type { Place, StateFile, StateRepository } from '../ports/state-repository.js';

/** The state files of one root that a command was asked to look at. */
export type RootFiles = {
  readonly root: string;
  readonly repository: StateRepository;
  readonly files: readonly StateFile[];
};

/**
 * The state files at a place, by root. `paths` are files or folders relative to the repository root; without them it is
 * all of the repository's state root, and at the repository root every state root (CONTRACT §2). Throws BAD_USAGE for a
 * path that is no state file and holds none.
 */
export async function selectedFiles(
  repository: StateRepository,
  place: Place,
  paths: readonly string[] = [],
): Promise<readonly RootFiles[]> {
  const everywhere = paths.length > 0 || repository.root === '';
  const roots = everywhere ? await repository.roots(place) : [repository.root];
  const selected: RootFiles[] = [];
  const matched = new Set<string>();
  for (const root of roots) {
    const view = repository.forRoot(root);
    const tree = await view.at(place);
    const wanted = (await tree.paths()).filter((path) => {
      const asked = paths.filter((one) => isWithin(path, one));
      for (const one of asked) matched.add(one);
      return paths.length === 0 || asked.length > 0;
    });
    selected.push({ root, repository: view, files: await tree.read(wanted) });
  }
  const stray = paths.find((path) => !matched.has(path));
  if (stray !== undefined) throw noStateFile(stray);
  return selected;
}

function isWithin(path: string, asked: string): boolean {
  return asked === '' || path === asked || path.startsWith(`${asked}/`);
}

function noStateFile(path: string): StateManagerError {
  return new StateManagerError('BAD_USAGE', `${shown(path)} is no state file and holds none`, {
    hint: 'without a path every state file is taken; stateroot status names the networks',
  });
}
