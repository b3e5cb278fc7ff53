import { StateManagerError } from '../../errors.js';
import type { Unfinished } from '../../ports/state-repository.js';
import { flag } from '../arguments.js';
import type { Arguments, Context, Outcome, Verb } from '../command.js';
import { terminalSafe } from '../text/escape.js';
import { paint } from '../text/paint.js';
import type { Style } from '../text/style.js';

export const runRecover: Verb = async (args, context) => {
  const repository = await context.openRepository();
  if (flag(args, 'finish') && flag(args, 'undo')) {
    throw new StateManagerError('BAD_USAGE', '--finish and --undo exclude each other.', {
      hint: 'stateroot recover, to see what there is',
    });
  }
  const left = await repository.unfinished();
  const dead = left.filter((write) => write.state !== 'running');
  if (dead.length === 0) return nothing(left.length);
  const decision = decided(args) ?? (await ask(context, dead));
  if (decision === null) return shownOnly(dead);
  const outcomes = await repository.recover(decision);
  const undecided = outcomes.filter((write) => write.state === 'undecided');
  return {
    data: { unfinished: undecided, settled: outcomes.filter((write) => write.state !== 'undecided') },
    exit: undecided.length === 0 ? 0 : 3,
    text: (style) => outcomes.map((write) => outcomeLine(write, style)).join('\n'),
    ...(undecided.length === 0
      ? {}
      : { notes: () => 'Decide: stateroot recover --finish, or stateroot recover --undo' }),
  };
};

/** `--yes` leaves it to what the next write would do; what that cannot decide stays. */
function decided(args: Arguments): 'finish' | 'undo' | 'auto' | null {
  if (flag(args, 'finish')) return 'finish';
  if (flag(args, 'undo')) return 'undo';
  return flag(args, 'yes') ? 'auto' : null;
}

/** Null where nobody can answer: it is only shown then. */
async function ask(context: Context, dead: readonly Unfinished[]): Promise<'finish' | 'undo' | null> {
  if (!context.interactive) return null;
  for (const write of dead) context.say(describe(write));
  if (await context.confirm('Finish it? (no: you are asked about undoing it)')) return 'finish';
  return (await context.confirm('Undo it?')) ? 'undo' : null;
}

function nothing(running: number): Outcome {
  const more = running === 0 ? '' : ` ${running} ${running === 1 ? 'write is' : 'writes are'} running now.`;
  return { data: { unfinished: [], settled: [] }, text: () => `Nothing to recover: no write died unfinished.${more}` };
}

function shownOnly(dead: readonly Unfinished[]): Outcome {
  return {
    data: { unfinished: dead, settled: [] },
    exit: 2,
    text: () => dead.map(describe).join('\n'),
    notes: () => 'Nothing was changed. Decide: stateroot recover --finish, or stateroot recover --undo',
  };
}

function describe(write: Unfinished): string {
  const paths = write.paths.map(terminalSafe).join(', ');
  return `${terminalSafe(write.operation)} of ${write.startedAt}, process ${write.pid} on ${terminalSafe(write.host)}: ${paths}`;
}

function outcomeLine(write: Unfinished, style: Style): string {
  const { green, red, mark } = paint(style);
  const commit = write.commit?.slice(0, 7) ?? '';
  if (write.state === 'finished') {
    return `${green(mark.done)} Finished: ${terminalSafe(write.operation)} is commit ${commit}. Not wanted? stateroot rollback ${commit}`;
  }
  if (write.state === 'undone')
    return `${green(mark.done)} Undone: ${terminalSafe(write.operation)}. Edits made since are kept: git status`;
  return `${red(mark.error)} Undecided: ${terminalSafe(write.operation)}: ${terminalSafe(write.reason ?? '')}. The other way: stateroot recover --undo`;
}
