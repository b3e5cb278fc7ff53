import { networkOfPath } from '../core/layout.js';
import { StateManagerError } from '../errors.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { WriteOptions } from './put.js';
import { type RecordResult, record } from './record.js';

export type RestoreRequest = {
  /** Full oid. */
  readonly commit: string;
  /** What that commit is called, for the message. */
  readonly source: string;
};

/**
 * Makes every network of the state root what it was at a commit, as one new commit; history stays. Networks that came
 * later go. Throws STATE_INVALID where that state is not valid, NOT_FOUND where there was none at all.
 */
export function restoreState(
  repository: StateRepository,
  { commit, source }: RestoreRequest,
  options: WriteOptions,
): Promise<RecordResult> {
  return record(repository, {
    ...options,
    operation: 'rollback',
    source,
    label: `restore ${commit.slice(0, 7)}`,
    async edit(base) {
      const past = await repository.at({ commit });
      const isOwn = (path: string) => networkOfPath(path)?.root === base.root;
      const then = await past.read((await past.paths()).filter(isOwn));
      if (then.length === 0) throw nothingThere(commit);
      const now = (await base.tree.paths()).filter(isOwn);
      return new Map<string, string | null>([
        ...now.map((path) => [path, null] as const),
        ...then.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('utf8')] as const),
      ]);
    },
  });
}

function nothingThere(commit: string): StateManagerError {
  return new StateManagerError('NOT_FOUND', `There is no state at ${commit.slice(0, 7)} to go back to`, {
    hint: 'stateroot log',
    details: { commit },
  });
}
