import { isOpen, resumeMigration } from '../../../commands/migration/run-migration.js';
import { StateManagerError } from '../../../errors.js';
import type { Verb } from '../../command.js';
import { openNotes, runOptions, withMigrationPorts } from './migration-context.js';
import { migrationOutcome } from './migration-outcome.js';

export const runResume: Verb = async (args, context) => {
  const { notes } = await openNotes(context);
  const note = await notes.read();
  if (note === null || !isOpen(note)) {
    throw new StateManagerError('NOT_FOUND', 'No migration is under way in this clone.', {
      hint: 'stateroot migrate run, or stateroot migrate status',
    });
  }
  const options = runOptions(args, context);
  return withMigrationPorts(args, context, note.sources, async (ports) =>
    migrationOutcome(await resumeMigration(ports, note, options)),
  );
};
