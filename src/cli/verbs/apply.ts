import { apply, parseBatch } from '../../commands/apply.js';
import { flag, text } from '../arguments.js';
import type { Verb } from '../command.js';
import { readJson, withoutEnvelope } from '../json-input.js';
import { writtenOutcome } from '../text/written.js';
import { writeTarget } from '../write-target.js';

export const runApply: Verb = async (args, context) => {
  const batch = parseBatch(withoutEnvelope(await readJson(context, text(args, 'file') ?? '-')));
  const dryRun = flag(args, 'dry-run');
  const result = await apply(await context.openRepository(), batch, { target: writeTarget(args), dryRun });
  const isEmpty = batch.put.length + batch.delete.length === 0;
  const unchanged = isEmpty ? 'the input names no record' : 'every record already says this';
  return writtenOutcome(result, { dryRun, unchanged });
};
