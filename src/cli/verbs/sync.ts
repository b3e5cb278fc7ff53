import { type Synced, type SyncStep, sync } from '../../commands/sync.js';
import { flag, text } from '../arguments.js';
import { type Verb, silent } from '../command.js';
import { terminalSafe } from '../text/escape.js';
import { conflictOutcome } from '../text/merge-conflict.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';
import { counted } from '../text/table.js';

export const runSync: Verb = async (args, context) => {
  const dryRun = flag(args, 'dry-run');
  const clone = {
    repository: await context.openRepository(),
    merges: await context.openMerges(),
    remotes: await context.openRemotes(),
    changes: await context.openChanges(),
  };
  try {
    const result = await sync(clone, {
      remote: text(args, 'remote'),
      dryRun,
      step: (step) => {
        context.say(stepLine(step));
      },
    });
    return {
      data: result,
      text: silent,
      notes: (style) => closing(result, dryRun, style),
      quiet: result.commit,
    };
  } catch (error) {
    return conflictOutcome(error, clone.repository);
  }
};

function stepLine(step: SyncStep): string {
  if (step.kind === 'fetch') {
    const { ahead, behind } = step;
    const state = [
      ...(ahead === 0 ? [] : [`is ${counted(ahead, 'commit')} ahead`]),
      ...(behind === 0 ? [] : [`lacks ${counted(behind, 'commit')} of this branch`]),
    ];
    return `  fetch    ${terminalSafe(step.branch)} ${state.length === 0 ? 'is where this branch is' : state.join(' and ')}`;
  }
  if (step.kind === 'merge') {
    const files = step.files.length === 0 ? '' : `${counted(step.files.length, 'file')} by record, `;
    return `  merge    ${step.how === 'fast-forward' ? 'fast-forward' : `${files}no conflict`}`;
  }
  const { outcome, attempt } = step;
  if (outcome.kind === 'pushed') return '  push     done';
  const next = `once more (attempt ${attempt + 1})`;
  return outcome.kind === 'raced'
    ? `  push     raced: the remote moved; ${next}`
    : `  push     the connection was lost: ${terminalSafe(outcome.reason.split('\n')[0] ?? '')}; ${next}`;
}

function closing(result: Synced, dryRun: boolean, style: Style): string {
  const { green, mark } = paint(style);
  const { branch, pushed, merges, received, commit } = result;
  const name = terminalSafe(branch);
  const sent = [
    ...(pushed === 0 ? [] : [counted(pushed, 'commit')]),
    ...(merges === 0 ? [] : [counted(merges, 'merge')]),
  ].join(' and ');
  if (dryRun) {
    const plan = [
      ...(received === 0 ? [] : [`bring in ${counted(received, 'commit')}`]),
      ...(sent === '' ? [] : [`push ${sent}`]),
    ];
    return `Dry run, only fetched. It would ${plan.length === 0 ? 'do nothing' : plan.join(' and ')}.`;
  }
  if (sent === '' && received === 0)
    return `${green(mark.done)} ${name} and this branch are the same (${commit.slice(0, 7)}).`;
  if (sent === '')
    return `${green(mark.done)} ${counted(received, 'commit')} came in from ${name} (${commit.slice(0, 7)}).`;
  return `${green(mark.done)} Pushed ${sent} to ${name} (${commit.slice(0, 7)})${received === 0 ? '' : `, ${counted(received, 'commit')} came in`}.`;
}
