import { migrationStatus } from '../../../commands/migration/migration-status.js';
import type { Verb } from '../../command.js';
import { statusNotes, statusSummary } from '../../text/migration-status.js';
import { openNotes } from './migration-context.js';

export const runStatus: Verb = async (_args, context) => {
  const { notes } = await openNotes(context);
  const status = await migrationStatus({ repository: await context.openRepository(), notes }, new Date());
  return {
    data: status,
    text: (style) => statusSummary(status, style),
    notes: () => statusNotes(status),
  };
};
