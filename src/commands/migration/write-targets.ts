import { migrationRef } from '../../core/migration/checkpoint.js';
import type { MigrationPorts } from './migration-ports.js';
import { type BatchPlan, type BatchSettings, type BatchTarget, planBatches } from './plan-batches.js';

export type WrittenTargets = {
  readonly commits: number;
  readonly records: number;
  /** False when somebody asked to stop first. */
  readonly isWhole: boolean;
};

/** Records of targets that wait to be written together. */
const together = 400;

/**
 * Brings the branch to the targets, a few commits behind each compare-and-swap, through the one way of every write. Targets are taken
 * at most `ahead` before their turn, while git writes. `written` hears the records of targets that are reached.
 */
export async function writeTargets(
  ports: MigrationPorts,
  settings: BatchSettings & { readonly ahead: number },
  targets: AsyncGenerator<BatchTarget>,
  written: (records: number, network: string) => Promise<void>,
): Promise<WrittenTargets> {
  let [commits, records] = [0, 0];
  let waiting: BatchTarget[] = [];
  for (;;) {
    const isAll = await take(targets, waiting, settings.ahead);
    if (waiting.length === 0) return { commits, records, isWhole: true };
    if (ports.isStopped()) return { commits, records, isWhole: false };
    const [first] = waiting;
    const { plan, count } = await ports.limited(
      `a batch of ${first?.network ?? ''}`,
      writeOnce(ports, settings, waiting),
    );
    commits += count;
    records += plan.records;
    const reached = waiting.slice(0, plan.reached);
    waiting = waiting.slice(plan.reached);
    await written(
      reached.reduce((sum, target) => sum + target.records, 0),
      reached.at(-1)?.network ?? first?.network ?? '',
    );
    if (isAll && waiting.length === 0) return { commits, records, isWhole: true };
  }
}

/** Fills up what waits; true when there is nothing more to come. */
async function take(targets: AsyncGenerator<BatchTarget>, waiting: BatchTarget[], ahead: number): Promise<boolean> {
  const enough = (): boolean =>
    waiting.length >= ahead || waiting.reduce((sum, target) => sum + target.records, 0) >= together;
  while (!enough()) {
    const next = await targets.next();
    if (next.done === true) return true;
    waiting.push(next.value);
  }
  return false;
}

async function writeOnce(
  { repository }: MigrationPorts,
  settings: BatchSettings,
  targets: readonly BatchTarget[],
): Promise<{ readonly plan: BatchPlan; readonly count: number }> {
  let plan: BatchPlan = { commits: [], reached: 0, records: 0 };
  const { commits } = await repository.write({
    operation: `migrate ${settings.phase}`,
    target: { kind: 'branch', ref: migrationRef(settings.id), create: false },
    async plan(tree) {
      plan = await planBatches(repository.root, tree, targets, settings);
      return plan.commits;
    },
  });
  return { plan, count: commits.length };
}
