import {
  adoptMigration,
  isOpen,
  refuseOtherSources,
  resumeMigration,
} from '../../../commands/migration/run-migration.js';
import { migrationBranches } from '../../../core/migration/checkpoint.js';
import { StateManagerError } from '../../../errors.js';
import { openBranches } from '../../../git/open-branches.js';
import { text, texts } from '../../arguments.js';
import type { Arguments, Verb } from '../../command.js';
import { refuseNothing, sourcePaths } from './migrate-sources.js';
import { openNotes, runOptions, withMigrationPorts } from './migration-context.js';
import { migrationOutcome } from './migration-outcome.js';

/** Where this clone remembers no migration, the one whose branch it has: its sources are named again then. */
export const runResume: Verb = async (args, context) => {
  const { notes } = await openNotes(context);
  const note = await notes.read();
  const options = runOptions(args, context);
  if (note === null) {
    const branches = await openBranches(context.cwd, { env: context.environment });
    const refs = await branches.list(migrationBranches);
    if (refs.length === 0) throw notUnderWay();
    const sources = await sourcePaths(args, context);
    refuseNothing(sources);
    return withMigrationPorts(args, context, sources, async (ports) =>
      migrationOutcome(await adoptMigration(ports, refs, sources, options)),
    );
  }
  if (!isOpen(note)) throw notUnderWay();
  if (isAnyNamed(args)) refuseOtherSources(note, await sourcePaths(args, context));
  return withMigrationPorts(args, context, note.sources, async (ports) =>
    migrationOutcome(await resumeMigration(ports, note, options)),
  );
};

function notUnderWay(): StateManagerError {
  return new StateManagerError('NOT_FOUND', 'No migration is under way in this clone.', {
    hint: 'stateroot migrate run, or stateroot migrate status',
  });
}

function isAnyNamed(args: Arguments): boolean {
  const several = ['also', 'legacy-json', 'unified', 'openzeppelin'];
  return text(args, 'leveldb') !== undefined || several.some((name) => texts(args, name).length > 0);
}
