import { abortMigration } from '../../../commands/migration/abort-migration.js';
import { openBranches } from '../../../git/open-branches.js';
import { type Verb, silent } from '../../command.js';
import { abortNotes } from '../../text/migration.js';
import { openNotes } from './migration-context.js';

export const runAbort: Verb = async (_args, context) => {
  const { notes } = await openNotes(context);
  const repository = await context.openRepository();
  const branches = await openBranches(context.cwd, { env: context.environment });
  const aborted = await abortMigration({ repository, notes }, branches);
  return { data: aborted, text: silent, notes: (style) => abortNotes(aborted, style), quiet: aborted.commit ?? '' };
};
