import { StateManagerError } from '../errors.js';
import type { StateRepository, WriteIntent, Written } from '../ports/state-repository.js';
import { type Collaboration, sync } from './sync.js';

/**
 * The repository with every write to the checked-out branch synced before it is acknowledged. When that fails the commit
 * is kept, and what is thrown says so: the code is that of `sync`, `details.commits` what was written.
 */
export function pushEach(clone: Collaboration, remote: string | undefined): StateRepository {
  const { repository } = clone;
  return {
    ...repository,
    forRoot: (root) => pushEach({ ...clone, repository: repository.forRoot(root) }, remote),
    async write(intent: WriteIntent): Promise<Written> {
      const written = await repository.write(intent);
      if (written.commits.length === 0 || intent.target.kind !== 'head') return written;
      try {
        await sync(clone, { remote, dryRun: false });
      } catch (error) {
        if (error instanceof StateManagerError) throw kept(error, written);
        throw error;
      }
      return written;
    },
  };
}

function kept(cause: StateManagerError, { commits }: Written): StateManagerError {
  const oids = commits.map((oid) => oid.slice(0, 7)).join(', ');
  return new StateManagerError(cause.code, `${oids} is committed here, and not pushed: ${cause.message}`, {
    cause,
    hint: cause.hint ?? 'stateroot sync',
    details: { ...cause.details, commits },
  });
}
