import { planMigration } from '../../../commands/migration/plan-migration.js';
import { phases } from '../../../core/migration/phases.js';
import type { Verb } from '../../command.js';
import { memoryRelief } from '../../relieve-memory.js';
import { planNotes, planSummary } from '../../text/migration-plan.js';
import { readSources, refuseNothing, sourcePaths } from './migrate-sources.js';
import { runOptions, teller } from './migration-context.js';

export const runPlan: Verb = async (args, context) => {
  const sources = await sourcePaths(args, context);
  refuseNothing(sources);
  const tell = teller(context);
  try {
    const ports = {
      repository: await context.openRepository(),
      readSources: () => readSources(sources, context),
      relieve: memoryRelief(),
      tell,
    };
    const plan = await planMigration(ports, runOptions(args, context).batchSize);
    const { inventory, base, batches, isThere } = plan;
    const quarantined = inventory.quarantined.map(({ key, reason, value, chainId, file }) => {
      return { key, reason, value, chainId, ...(file === undefined ? {} : { file }) };
    });
    return {
      data: { base, isThere, batches, sources, phases, ...inventory, quarantined },
      text: (style) => planSummary(plan, style),
      notes: (style) => planNotes(plan, style),
    };
  } finally {
    tell.done();
  }
};
