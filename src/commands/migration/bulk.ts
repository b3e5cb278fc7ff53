import { endPhase, type Migration } from './journal.js';
import type { SourceState } from './source-state.js';
import { targetsOf } from './targets.js';
import { writeTargets } from './write-targets.js';

export type BulkOptions = { readonly batchSize: number; readonly ahead: number };

/** Every network in batches; false when somebody asked to stop first. What the branch holds already makes no commit. */
export async function bulkPhase(migration: Migration, state: SourceState, options: BulkOptions): Promise<boolean> {
  const { ports, id, base } = migration;
  const { networks } = state.consolidation;
  const total = networks.reduce((sum, { records }) => sum + records, 0);
  let done = 0;
  const written = await writeTargets(
    ports,
    { id, base, phase: 'bulk', size: options.batchSize, ahead: options.ahead },
    targetsOf(state),
    async (records, network) => {
      done += records;
      ports.tell.step(done, total, network);
      await migration.update({ progress: { done, total, updatedAt: ports.clock.now().toISOString() } });
    },
  );
  if (!written.isWhole) return false;
  await endPhase(migration, 'bulk', {
    body: [`  Networks: ${networks.length}, records named by the sources: ${total}.`],
    trailers: [['State-Source', state.consolidation.id]],
  });
  return true;
}
