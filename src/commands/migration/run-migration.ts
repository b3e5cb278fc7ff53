import { migrationId } from '../../core/migration/migration-id.js';
import type { MigrationNote, PhaseNote } from '../../core/migration/note.js';
import { equalJson } from '../../core/equal.js';
import { StateManagerError } from '../../errors.js';
import { type Inventory, takeInventory } from './inventory.js';
import { branchCheckpoint, endPhase, type Migration, openMigration } from './journal.js';
import type { MigrationPorts } from './migration-ports.js';
import { checkRepository, checkSpace, isThere, megabytes } from './preconditions.js';
import { rebuildNote } from './rebuild-note.js';
import { type MigrationResult, type RunOptions, runPhases } from './run-phases.js';
import { readSourceState, type SourceState } from './source-state.js';

/** Begins a migration of these sources, or goes on with the one that was begun. Throws what its phases throw, and OPERATION_IN_PROGRESS. */
export function runMigration(
  ports: MigrationPorts,
  sources: MigrationNote['sources'],
  options: RunOptions,
): Promise<MigrationResult> {
  return ports.notes.hold('migrate run', async () => {
    const note = await ports.notes.read();
    if (note === null || !isOpen(note)) return begin(ports, sources, options);
    refuseOtherSources(note, sources);
    return goOn(ports, note, options);
  });
}

/** Goes on where the branch is. Throws NOT_FOUND when no migration is open, and what its phases throw. */
export function resumeMigration(
  ports: MigrationPorts,
  note: MigrationNote,
  options: RunOptions,
): Promise<MigrationResult> {
  return ports.notes.hold('migrate resume', () => goOn(ports, note, options));
}

/** The same in a clone that has only the branch: what it was made of is named again. Throws what `rebuildNote` throws. */
export function adoptMigration(
  ports: MigrationPorts,
  refs: readonly string[],
  sources: MigrationNote['sources'],
  options: RunOptions,
): Promise<MigrationResult> {
  return ports.notes.hold('migrate resume', async () => {
    const note = await rebuildNote(ports, refs, { sources, batchSize: options.batchSize });
    await ports.notes.write(note);
    return goOn(ports, note, options);
  });
}

/** Throws OPERATION_IN_PROGRESS where an open migration is of other sources. */
export function refuseOtherSources(note: MigrationNote, sources: MigrationNote['sources']): void {
  if (!equalJson(note.sources, sources)) throw another(note);
}

/** Neither merged nor given up. */
export function isOpen({ outcome }: MigrationNote): boolean {
  return outcome === 'running' || outcome === 'stopped';
}

async function begin(
  ports: MigrationPorts,
  sources: MigrationNote['sources'],
  options: RunOptions,
): Promise<MigrationResult> {
  const started = ports.clock.elapsed();
  const startedAt = ports.clock.now().toISOString();
  ports.tell.phase('preconditions', 'begins');
  const { commit } = await checkRepository(ports);
  const { inventory, sources: said, isDone: isAll } = await lookAtSources(ports, commit);
  if (isAll) return { kind: 'unchanged', note: null, branch: null, phase: null, inventory, report: null };
  const id = migrationId({ sources: said, base: commit, root: ports.repository.root });
  const note: MigrationNote = {
    version: 1,
    id,
    root: ports.repository.root,
    startedAt,
    sources,
    batchSize: options.batchSize,
    phases: [],
    progress: null,
    scripts: 'unchanged',
    outcome: 'running',
  };
  const migration = openMigration(ports, note, commit);
  await migration.update({});
  await preconditionsPhase(migration, inventory);
  const phase: PhaseNote = {
    name: 'preconditions',
    status: 'done',
    startedAt,
    endedAt: ports.clock.now().toISOString(),
    durationMs: ports.clock.elapsed() - started,
  };
  await migration.update({ phases: [phase] });
  ports.tell.phase('preconditions', 'done');
  return runPhases(migration, options, inventory);
}

/** In a function of its own, so that what was read is gone before it is read again. */
async function lookAtSources(ports: MigrationPorts, commit: string) {
  const state = await readSourceState(ports, commit);
  const inventory = await inventoryOf(ports, state);
  return { inventory, sources: state.consolidation.id, isDone: await isThere(state, inventory) };
}

async function goOn(ports: MigrationPorts, note: MigrationNote, options: RunOptions): Promise<MigrationResult> {
  const checkpoint = await branchCheckpoint(ports, note.id);
  if (checkpoint !== null) {
    const migration = openMigration(ports, { ...note, outcome: 'running' }, checkpoint.base);
    return runPhases(migration, { ...options, batchSize: note.batchSize }, null);
  }
  // Killed before the first commit: nothing but the note is there.
  return begin(ports, note.sources, { ...options, batchSize: note.batchSize });
}

function inventoryOf(ports: MigrationPorts, state: SourceState): Promise<Inventory> {
  const total = state.consolidation.networks.reduce((sum, { records }) => sum + records, 0);
  return takeInventory(state, (records, network) => {
    ports.tell.step(records, total, network);
  });
}

async function preconditionsPhase(migration: Migration, inventory: Inventory): Promise<void> {
  const { ports } = migration;
  const space = await checkSpace(ports, inventory.bytes);
  const backup = ports.backup === null ? null : await ports.backup();
  await migration.update({ backup });
  await endPhase(migration, 'preconditions', {
    body: [
      `  Records: ${inventory.records} on ${inventory.networks.length} networks, ${inventory.changed} new or changed.`,
      `  Cannot be state: ${inventory.quarantined.length}. Without deploymentArgs: ${inventory.withoutArguments}.`,
      `  Disk: ${megabytes(space.free)} free, ${megabytes(space.needed)} needed at most.`,
      `  Backup: ${backup === null ? 'none was asked for' : 'made and verified'}.`,
    ],
  });
}

function another(note: MigrationNote): StateManagerError {
  return new StateManagerError(
    'OPERATION_IN_PROGRESS',
    `A migration of other sources is under way here: state/migrate-${note.id}, begun ${note.startedAt}.`,
    {
      hint: 'stateroot migrate resume, or give it up: stateroot migrate abort',
      details: { id: note.id, sources: note.sources },
    },
  );
}
