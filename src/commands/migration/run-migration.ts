import { migrationRef } from '../../core/migration/checkpoint.js';
import { migrationId } from '../../core/migration/migration-id.js';
import type { MigrationNote, PhaseNote } from '../../core/migration/note.js';
import { type PhaseName, phaseNames } from '../../core/migration/phases.js';
import { reportMarkdown } from '../../core/migration/report.js';
import { equalJson } from '../../core/equal.js';
import { StateManagerError } from '../../errors.js';
import { type BulkOptions, bulkPhase } from './bulk.js';
import { consistencyPhase } from './consistency.js';
import { cutoverPhase, reportFacts } from './cutover.js';
import { dualWritePhase } from './dual-write.js';
import { type Inventory, takeInventory } from './inventory.js';
import { branchCheckpoint, endPhase, type Migration, openMigration, withPhase } from './journal.js';
import type { MigrationPorts } from './migration-ports.js';
import { checkRepository, checkSpace, isThere, megabytes } from './preconditions.js';
import { readSourceState, type SourceState } from './source-state.js';

export type RunOptions = BulkOptions & {
  /** The last phase to do. */
  readonly until: PhaseName;
};

export type MigrationResult = {
  /** `waiting`: everything asked for is done and phases are left; `stopped`: somebody asked to stop. */
  readonly kind: 'unchanged' | 'stopped' | 'waiting' | 'merged';
  /** Null where there was nothing to do. */
  readonly note: MigrationNote | null;
  /** Short. */
  readonly branch: string | null;
  /** The last phase that is done. */
  readonly phase: PhaseName | null;
  readonly inventory: Inventory | null;
  /** The completion report, Markdown, after the cutover. */
  readonly report: readonly string[] | null;
};

/** Begins a migration of these sources, or goes on with the one that was begun. Throws what its phases throw, and OPERATION_IN_PROGRESS. */
export function runMigration(
  ports: MigrationPorts,
  sources: MigrationNote['sources'],
  options: RunOptions,
): Promise<MigrationResult> {
  return ports.notes.hold('migrate run', async () => {
    const note = await ports.notes.read();
    if (note === null || !isOpen(note)) return begin(ports, sources, options);
    if (!equalJson(note.sources, sources)) throw another(note);
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
  return afterPreconditions(migration, options, inventory);
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
    return afterPreconditions(migration, { ...options, batchSize: note.batchSize }, null);
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

async function afterPreconditions(
  migration: Migration,
  options: RunOptions,
  inventory: Inventory | null,
): Promise<MigrationResult> {
  const { ports, id } = migration;
  const branch = migrationRef(id).slice('refs/heads/'.length);
  const last = phaseNames.indexOf(options.until);
  let phase: PhaseName = 'preconditions';
  const result = (kind: MigrationResult['kind'], report: readonly string[] | null = null): MigrationResult => {
    return { kind, note: migration.note(), branch, phase, inventory, report };
  };
  const stop = async (): Promise<MigrationResult> => {
    await migration.update({ outcome: 'stopped' });
    return result('stopped');
  };
  for (const name of phaseNames.slice(1, last + 1)) {
    if (await isDone(migration, name)) {
      phase = name;
      ports.tell.phase(name, 'was done');
      continue;
    }
    if (ports.isStopped()) return stop();
    ports.tell.phase(name, 'begins');
    ports.relieve('all');
    const work = await timed(migration, name, async () => {
      if (name === 'dual-write') await dualWritePhase(migration);
      else if (name === 'bulk') return bulkPhase(migration, await readSourceState(ports, migration.base), options);
      else if (name === 'consistency') return (await consistencyPhase(migration, options)) !== null;
      else return cutoverPhase(migration, options);
      return true;
    });
    if (work === false || work === null) return stop();
    phase = name;
    ports.tell.phase(name, 'done');
    if (typeof work === 'object') {
      await migration.update({ outcome: 'merged' });
      return result('merged', reportMarkdown(reportFacts(migration, work, 'SUCCESS')));
    }
  }
  await migration.update({ outcome: 'stopped' });
  return result('waiting');
}

/** Is the branch past it? A cutover is done when the note says merged, which ends the migration. */
async function isDone({ ports, id }: Migration, name: PhaseName): Promise<boolean> {
  const checkpoint = await branchCheckpoint(ports, id);
  if (checkpoint === null || name === 'cutover') return false;
  const [there, asked] = [phaseNames.indexOf(checkpoint.phase), phaseNames.indexOf(name)];
  return there > asked || (there === asked && checkpoint.isEnd);
}

/** Keeps what a phase took in the note, over all runs, also when it fails. */
async function timed<Answer>(migration: Migration, name: PhaseName, work: () => Promise<Answer>): Promise<Answer> {
  const { clock } = migration.ports;
  const started = clock.elapsed();
  const earlier = migration.note().phases.find((one) => one.name === name);
  const begun: PhaseNote = {
    name,
    status: 'running',
    startedAt: earlier?.startedAt ?? clock.now().toISOString(),
    durationMs: earlier?.durationMs ?? 0,
  };
  const ended = async (status: PhaseNote['status']): Promise<void> => {
    const phase: PhaseNote = {
      ...begun,
      status,
      durationMs: begun.durationMs + clock.elapsed() - started,
      ...(status === 'running' ? {} : { endedAt: clock.now().toISOString() }),
    };
    const { phases } = migration.note();
    await migration.update({
      phases: withPhase(phases, phase),
      ...(status === 'failed' ? { outcome: 'stopped' } : {}),
    });
  };
  await migration.update({ phases: withPhase(migration.note().phases, begun), outcome: 'running' });
  try {
    const answer = await work();
    await ended(answer === false || answer === null ? 'running' : 'done');
    return answer;
  } catch (error) {
    await ended('failed');
    throw error;
  }
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
