import { planSeal, type SealPlan } from '../../commands/seal.js';
import { StateManagerError } from '../../errors.js';
import { flag, texts } from '../arguments.js';
import type { Context, Outcome, Verb } from '../command.js';
import { statePaths } from '../state-paths.js';
import { terminalSafe } from '../text/escape.js';
import { renderFindings } from '../text/findings.js';
import { paint } from '../text/paint.js';
import { renderSealing, sealingCount } from '../text/sealing.js';
import type { Style } from '../text/style.js';
import { counted } from '../text/table.js';

export const runSeal: Verb = async (args, context) => {
  const repository = await context.openRepository();
  const plan = await planSeal(repository, await statePaths(context, texts(args, 'paths')));
  if (plan.findings.length > 0) return refused(plan);
  if (plan.files.size === 0)
    return outcome(plan, [], (style) => `${done(style)} Nothing to seal: every checksum holds`);
  if (flag(args, 'dry-run'))
    return outcome(plan, [], () => `Dry run, nothing was written. It would seal ${sealingCount(plan)}`);
  const asked = !flag(args, 'yes');
  if (asked && !(await isMeant(plan, context)))
    return { ...outcome(plan, [], () => 'Nothing was written.', true), exit: 1 };
  await repository.replaceInWorktree(plan.files);
  const paths = [...plan.files.keys()];
  const next = `not staged. Next: git add ${paths.map(terminalSafe).join(' ')}`;
  return outcome(plan, paths, (style) => `${done(style)} Sealed ${sealingCount(plan)}, ${next}`, asked);
};

/** Sealing says that an edit is intended: only a person can. Throws CONFIRMATION_NEEDED where nobody can be asked. */
async function isMeant(plan: SealPlan, context: Context): Promise<boolean> {
  const count = sealingCount(plan);
  if (!context.interactive) {
    throw new StateManagerError(
      'CONFIRMATION_NEEDED',
      `${count} would be sealed, and there is nobody to ask whether the edits are intended`,
      {
        hint: 'look first: stateroot seal --dry-run, then: stateroot seal --yes',
        details: { records: plan.records, sections: plan.sections },
      },
    );
  }
  context.say(renderSealing(plan, context.errorStyle));
  const edits = plan.records.length + plan.sections.length === 1 ? 'this edit is' : 'these edits are';
  return context.confirm(`Sealing says: ${edits} intended. Seal ${count}?`);
}

function refused(plan: SealPlan): Outcome {
  const files = new Set(plan.findings.map(({ file }) => file)).size;
  return {
    data: { records: plan.records, sections: plan.sections, changed: [] },
    findings: plan.findings,
    exit: 1,
    text: (style) => renderFindings(plan.findings, style),
    notes: (style) =>
      `${paint(style).red(paint(style).mark.error)} ${counted(files, 'file')} would not be valid when sealed. Nothing was written.`,
  };
}

function outcome(
  plan: SealPlan,
  changed: readonly string[],
  notes: (style: Style) => string,
  wasShown = false,
): Outcome {
  return {
    data: { records: plan.records, sections: plan.sections, changed },
    // On a terminal the question was asked below the list already.
    text: (style) => (wasShown ? '' : renderSealing(plan, style)),
    notes,
  };
}

function done(style: Style): string {
  const pen = paint(style);
  return pen.green(pen.mark.done);
}
