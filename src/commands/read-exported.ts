import { isStatePath } from '../core/layout.js';
import { readSnapshot, type Snapshot } from '../core/snapshot.js';
import { StateManagerError } from '../errors.js';
import type { Place, StateFile, StateRepository } from '../ports/state-repository.js';

/**
 * The state at a revision, or of the work tree for null, for an export. Throws STATE_INVALID when a file cannot be read: an
 * export that silently lacks a network would be believed.
 */
export async function readExported(
  repository: StateRepository,
  at: string | null,
): Promise<{ readonly files: readonly StateFile[]; readonly snapshot: Snapshot }> {
  const place: Place = at === null ? 'worktree' : { commit: await repository.resolve(at) };
  const tree = await repository.at(place);
  const files = await tree.read((await tree.paths()).filter(isStatePath));
  const snapshot = readSnapshot(files, repository.root);
  refuseUnreadable(snapshot);
  return { files, snapshot };
}

function refuseUnreadable({ refused }: Snapshot): void {
  const [first] = refused;
  if (first === undefined) return;
  const where = `${first.path}:${first.refusal.line}:${first.refusal.column}`;
  throw new StateManagerError('STATE_INVALID', `${where} ${first.refusal.rule}: ${first.refusal.message}`, {
    hint: `stateroot validate ${first.path}`,
    details: { refused },
  });
}
