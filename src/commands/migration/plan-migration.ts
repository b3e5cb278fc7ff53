import { StateManagerError } from '../../errors.js';
import { type Inventory, takeInventory } from './inventory.js';
import type { MigrationPorts } from './migration-ports.js';
import { isThere } from './preconditions.js';
import { readSourceState } from './source-state.js';

export type MigrationPlan = {
  /** HEAD, which it would start from. */
  readonly base: string;
  readonly inventory: Inventory;
  /** HEAD says all of it already. */
  readonly isThere: boolean;
  /** Commits of the bulk at most. */
  readonly batches: number;
};

/** What a migration of these sources would do; writes nothing. Throws what reading and settling throw, and BAD_INPUT without a commit. */
export async function planMigration(
  ports: Pick<MigrationPorts, 'repository' | 'readSources' | 'relieve' | 'tell'>,
  batchSize: number,
): Promise<MigrationPlan> {
  const { commit } = await ports.repository.head();
  if (commit === null) {
    throw new StateManagerError('BAD_INPUT', 'There is no commit yet, and a migration goes on from one.', {
      hint: 'git commit --allow-empty -m "Begin"',
    });
  }
  const state = await readSourceState(ports, commit);
  const total = state.consolidation.networks.reduce((sum, { records }) => sum + records, 0);
  const inventory = await takeInventory(state, (records, network) => {
    ports.tell.step(records, total, network);
  });
  const batches = inventory.networks.map(({ changed, isChanged }) =>
    isChanged ? Math.max(Math.ceil(changed / batchSize), 1) : 0,
  );
  return {
    base: commit,
    inventory,
    isThere: await isThere(state, inventory),
    batches: batches.reduce((sum, count) => sum + count, 0),
  };
}
