import { deleteRecord } from '../../commands/delete.js';
import { flag, text } from '../arguments.js';
import type { Verb } from '../command.js';
import { writtenOutcome } from '../text/written.js';
import { writeTarget } from '../write-target.js';

export const runDelete: Verb = async (args, context) => {
  const request = { network: text(args, 'network') ?? '', name: text(args, 'name') ?? '' };
  const dryRun = flag(args, 'dry-run');
  const result = await deleteRecord(await context.openRepository(), request, { target: writeTarget(args), dryRun });
  return writtenOutcome(result, { dryRun, unchanged: 'nothing to delete' });
};
