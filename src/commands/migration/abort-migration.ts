import { migrationRef } from '../../core/migration/checkpoint.js';
import type { MigrationNote } from '../../core/migration/note.js';
import { StateManagerError } from '../../errors.js';
import type { Branches } from '../../ports/branches.js';
import { branchCheckpoint } from './journal.js';
import type { MigrationPorts } from './migration-ports.js';
import { isOpen } from './run-migration.js';

export type Aborted = {
  readonly id: string;
  /** Short name of the branch that was removed, and where it was; null where there was none yet. */
  readonly branch: string | null;
  readonly commit: string | null;
  /** Scripts of this clone wrote to both; what they wrote stays on either side. */
  readonly wasDualWriting: boolean;
};

/**
 * Gives a migration up: its branch goes, scripts do as before it. Sources were never touched. Throws NOT_FOUND, BUSY while it runs,
 * BRANCH_CHECKED_OUT, and CONFLICT when it is merged already.
 */
export function abortMigration(
  ports: Pick<MigrationPorts, 'repository' | 'notes'>,
  branches: Branches,
): Promise<Aborted> {
  return ports.notes.hold('migrate abort', async () => {
    const note = await ports.notes.read();
    if (note?.merge !== undefined && note.outcome !== 'aborted' && note.outcome !== 'rolled-back') throw isMerged(note);
    if (note === null || !isOpen(note)) {
      throw new StateManagerError('NOT_FOUND', 'No migration is under way in this clone.', {
        hint: 'stateroot migrate status',
      });
    }
    const ref = migrationRef(note.id);
    // Whoever committed to it wants to look at it first: a branch that ends in somebody else's commit is not removed.
    const checkpoint = await branchCheckpoint(ports, note.id);
    if (checkpoint !== null) await branches.remove(ref, checkpoint.tip);
    await ports.notes.write({ ...note, outcome: 'aborted', scripts: 'unchanged' });
    return {
      id: note.id,
      branch: checkpoint === null ? null : ref.slice('refs/heads/'.length),
      commit: checkpoint?.tip ?? null,
      wasDualWriting: note.scripts === 'dual-write',
    };
  });
}

function isMerged({ merge = '' }: MigrationNote): StateManagerError {
  return new StateManagerError(
    'CONFLICT',
    `The migration is merged already, as ${merge.slice(0, 7)}: there is nothing to give up.`,
    {
      hint: 'the way back: stateroot migrate rollback',
      details: { merge },
    },
  );
}
