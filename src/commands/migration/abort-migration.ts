import { migrationRef } from '../../core/migration/checkpoint.js';
import type { MigrationNote } from '../../core/migration/note.js';
import { StateManagerError } from '../../errors.js';
import type { Branches } from '../../ports/branches.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { baseState } from '../base-state.js';
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
  /** They go on to: Git holds what they deployed and not what the LevelDB had before, so that one side alone would have it deployed again. */
  readonly isDualWriting: boolean;
};

/**
 * Gives a migration up: its branch goes, scripts do as before it, unless Git holds records that they wrote meanwhile; then again once it
 * does not. Sources were never touched. Throws NOT_FOUND, BUSY while it runs,
 * BRANCH_CHECKED_OUT, and CONFLICT when it is merged already.
 */
export function abortMigration(
  ports: Pick<MigrationPorts, 'repository' | 'notes'>,
  branches: Pick<Branches, 'remove'>,
): Promise<Aborted> {
  return ports.notes.hold('migrate abort', async () => {
    const note = await ports.notes.read();
    if (note?.merge !== undefined && note.outcome !== 'aborted' && note.outcome !== 'rolled-back') throw isMerged(note);
    if (note === null || !(isOpen(note) || isLeftDualWriting(note))) {
      throw new StateManagerError('NOT_FOUND', 'No migration is under way in this clone.', {
        hint: 'stateroot migrate status',
      });
    }
    const ref = migrationRef(note.id);
    // Whoever committed to it wants to look at it first: a branch that ends in somebody else's commit is not removed.
    const checkpoint = await branchCheckpoint(ports, note.id);
    if (checkpoint !== null) await branches.remove(ref, checkpoint.tip);
    const wasDualWriting = note.scripts === 'dual-write';
    const isDualWriting = wasDualWriting && (await holdsState(ports.repository));
    await ports.notes.write({ ...note, outcome: 'aborted', scripts: isDualWriting ? 'dual-write' : 'unchanged' });
    return {
      id: note.id,
      branch: checkpoint === null ? null : ref.slice('refs/heads/'.length),
      commit: checkpoint?.tip ?? null,
      wasDualWriting,
      isDualWriting,
    };
  });
}

function isLeftDualWriting({ outcome, scripts }: MigrationNote): boolean {
  return outcome === 'aborted' && scripts === 'dual-write';
}

async function holdsState(repository: StateRepository): Promise<boolean> {
  const { commit } = await repository.head();
  if (commit === null) return false;
  const { networks } = await baseState(repository.root, await repository.at({ commit }));
  return networks.length > 0;
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
