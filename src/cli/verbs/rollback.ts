import { rollback } from '../../commands/rollback.js';
import { rollbackTo } from '../../commands/rollback-to.js';
import { StateManagerError } from '../../errors.js';
import { flag, text, texts } from '../arguments.js';
import type { Outcome, Verb } from '../command.js';
import { writtenOutcome } from '../text/written.js';
import { writeTarget } from '../write-target.js';

export const runRollback: Verb = async (args, context) => {
  const revisions = texts(args, 'commit');
  const [network, contract, to] = ['network', 'contract', 'to'].map((name) => text(args, name));
  const options = { target: writeTarget(args), dryRun: flag(args, 'dry-run') };
  const repository = await context.openRepository();
  const isScoped = network !== undefined || contract === undefined;
  if (revisions.length > 0 && isScoped && to === undefined) {
    const only = network === undefined ? undefined : { network, contract };
    const result = await rollback(repository, revisions, { ...options, only });
    return outcome(writtenOutcome(result, { ...options, unchanged: 'it is undone already' }));
  }
  if (revisions.length === 0 && network !== undefined && to !== undefined) {
    const result = await rollbackTo(repository, { network, contract, to }, options);
    return outcome(writtenOutcome(result, { ...options, unchanged: `it is as it was at ${to}` }));
  }
  throw new StateManagerError('BAD_USAGE', 'Say what to undo: commits, or a network and the revision to go back to.', {
    hint: 'stateroot rollback <commit> [--network <n> [--contract <c>]], or stateroot rollback --network <n> [--contract <c>] --to <rev>',
  });
};

function outcome(written: Outcome): Outcome {
  return {
    ...written,
    notes: (style) => `${written.notes?.(style) ?? ''}\nA rollback changes the record, not the chain.`,
  };
}
