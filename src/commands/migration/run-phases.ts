import { migrationRef } from '../../core/migration/checkpoint.js';
import type { MigrationNote } from '../../core/migration/note.js';
import { type PhaseName, phaseNames } from '../../core/migration/phases.js';
import { reportMarkdown } from '../../core/migration/report.js';
import { type BulkOptions, bulkPhase } from './bulk.js';
import { consistencyPhase } from './consistency.js';
import { cutoverPhase, reportFacts } from './cutover.js';
import { dualWritePhase } from './dual-write.js';
import type { Inventory } from './inventory.js';
import { branchCheckpoint, type Migration } from './journal.js';
import { readSourceState } from './source-state.js';
import { timePhase } from './time-phase.js';

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

/** The phases after the first, up to the one that is asked for; what the branch says is done is not done again. Throws what they throw. */
export async function runPhases(
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
    const work = await timePhase(migration, name, async () => {
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
