import { runMigration } from '../../../commands/migration/run-migration.js';
import type { Verb } from '../../command.js';
import { refuseNothing, sourcePaths } from './migrate-sources.js';
import { runOptions, withMigrationPorts } from './migration-context.js';
import { migrationOutcome } from './migration-outcome.js';

export const runRun: Verb = async (args, context) => {
  const sources = await sourcePaths(args, context);
  refuseNothing(sources);
  const options = runOptions(args, context);
  return withMigrationPorts(args, context, sources, async (ports) =>
    migrationOutcome(await runMigration(ports, sources, options)),
  );
};
