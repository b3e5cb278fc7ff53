import { migrationRef, readCheckpoint, type Checkpoint } from '../../core/migration/checkpoint.js';
import type { MigrationNote, PhaseNote } from '../../core/migration/note.js';
import { phaseMessage } from '../../core/migration/phase-message.js';
import type { PhaseName } from '../../core/migration/phases.js';
import { StateManagerError } from '../../errors.js';
import { baseState } from '../base-state.js';
import type { MigrationPorts } from './migration-ports.js';
import { commitNamed } from './source-state.js';

/** A migration under way: its note, kept in step with what is done. */
export type Migration = {
  readonly ports: MigrationPorts;
  readonly id: string;
  /** The commit it started from. */
  readonly base: string;
  note(): MigrationNote;
  update(change: Partial<MigrationNote>): Promise<void>;
};

export function openMigration(ports: MigrationPorts, start: MigrationNote, base: string): Migration {
  let note = start;
  return {
    ports,
    id: start.id,
    base,
    note: () => note,
    async update(change) {
      note = { ...note, ...change };
      await ports.notes.write(note);
    },
  };
}

/** Where the branch stands; null where there is none yet. Throws MIGRATION_FAILED when its newest commit is not of this migration. */
export async function branchCheckpoint(
  ports: Pick<MigrationPorts, 'repository'>,
  id: string,
): Promise<(Checkpoint & { readonly tip: string }) | null> {
  const tip = await commitNamed(ports, migrationRef(id));
  if (tip === null) return null;
  const checkpoint = readCheckpoint((await ports.repository.commit(tip)).message);
  if (checkpoint?.id === id) return { ...checkpoint, tip };
  throw new StateManagerError(
    'MIGRATION_FAILED',
    `${migrationRef(id)} ends in a commit of somebody else: ${tip.slice(0, 7)}`,
    {
      hint: `git log state/migrate-${id}; take it back with git branch -f, or begin anew: stateroot migrate abort`,
      details: { reference: 'MIGRATION-003', commit: tip },
    },
  );
}

/** The commit that ends a phase; answers it. */
export async function endPhase(
  { ports, id, base }: Migration,
  phase: PhaseName,
  more: Parameters<typeof phaseMessage>[2],
): Promise<string> {
  const { repository } = ports;
  const ref = migrationRef(id);
  const isNew = (await commitNamed({ repository }, ref)) === null;
  const written = repository.write({
    operation: `migrate ${phase}`,
    target: { kind: 'branch', ref, create: isNew },
    async plan(tree) {
      const { config } = await baseState(repository.root, tree);
      return [{ files: new Map(), message: phaseMessage(phase, { id, base, prefix: config.message.prefix }, more) }];
    },
  });
  const { commits } = await ports.limited(`the commit that ends ${phase}`, written);
  return commits.at(-1) ?? '';
}

/** The phases of a note with one of them changed, in order. */
export function withPhase(phases: readonly PhaseNote[], changed: PhaseNote): PhaseNote[] {
  return [...phases.filter(({ name }) => name !== changed.name), changed];
}
