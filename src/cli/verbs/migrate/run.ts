import { join } from 'node:path';
import { runMigration } from '../../../commands/migration/run-migration.js';
import { StateManagerError } from '../../../errors.js';
import type { Verb } from '../../command.js';
import { sourcePaths, type SourcePaths } from './migrate-sources.js';
import { openNotes, runOptions, withMigrationPorts } from './migration-context.js';
import { migrationOutcome } from './migration-outcome.js';

export const runRun: Verb = async (args, context) => {
  const { top, root } = await openNotes(context);
  const sources = await sourcePaths(args, context, join(top, root));
  refuseNothing(sources);
  const options = runOptions(args, context);
  return withMigrationPorts(args, context, sources, async (ports) =>
    migrationOutcome(await runMigration(ports, sources, options)),
  );
};

export function refuseNothing({ leveldb, json, unified, openzeppelin }: SourcePaths): void {
  if (leveldb !== null || [json, unified, openzeppelin].some((paths) => paths.length > 0)) return;
  throw new StateManagerError(
    'BAD_USAGE',
    'There is nothing to migrate: no source is named, and there is no leveldb/ here.',
    {
      hint: 'stateroot migrate plan --leveldb <path>',
    },
  );
}
