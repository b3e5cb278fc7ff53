import { exitCodes, StateManagerError } from '../errors.js';
import { flag, texts } from './arguments.js';
import { type Arguments, type Outcome, silent } from './command.js';
import { createContext, type Surroundings } from './context.js';
import { errorEnvelope, exitOf, outcomeEnvelope } from './envelope.js';
import type { Invocation } from './parse.js';
import type { VerbEntry } from './program/verb-entry.js';
import { renderRefusal } from './text/refusal.js';
import type { Style } from './text/style.js';

/** The outside of one run; `main.ts` builds it from the process. */
export type Terminal = Omit<Surroundings, 'errorStyle'> & {
  style(stream: 'stdout' | 'stderr', noColor: boolean): Style;
  /** Resolves when the text has left this process: a pipe is slower than an exit. */
  writeOut(text: string): Promise<void>;
  /** What an interrupt has to close before the process ends. */
  onInterrupt(close: () => Promise<void>): void;
};

type Shell = {
  readonly args: Arguments;
  readonly writes: boolean;
  /** Added to the exit code of a refusal. */
  readonly failsAbove: number;
};

/** One command line, from parsing to the exit code. Never rejects: what goes wrong is told here. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  let shell: Shell = { args: globalArguments(argv), writes: false, failsAbove: 0 };
  try {
    const { gitVerb, wordsOf } = await import('./program/git.js');
    const called = gitVerb(argv[0]);
    if (called !== null) {
      // git's own calls pay for every millisecond: they are not parsed.
      shell = { args: {}, writes: false, failsAbove: called.failsAbove ?? 0 };
      return await runVerb(called, wordsOf(called, argv.slice(1)), terminal);
    }
    const invocation = await parsed(argv);
    const verb = invocation.kind === 'verb' ? invocation.verb : null;
    if (verb?.passesOn === true) return await passedOn(verb, invocation.args, terminal);
    shell = { args: invocation.args, writes: verb?.writes === true, failsAbove: verb?.failsAbove ?? 0 };
    if (invocation.kind === 'verb') return await runVerb(invocation.verb, invocation.args, terminal);
    return await printed(await answerOf(invocation), shell, terminal);
  } catch (error) {
    return await refused(error, shell, terminal);
  }
}

async function parsed(argv: readonly string[]): Promise<Invocation> {
  const { parseCommandLine } = await import('./parse.js');
  return parseCommandLine(argv);
}

async function runVerb(verb: VerbEntry, args: Arguments, terminal: Terminal): Promise<number> {
  const context = createContext(args, {
    ...terminal,
    errorStyle: () => terminal.style('stderr', flag(args, 'no-color')),
  });
  terminal.onInterrupt(() => context.close());
  try {
    const execute = await verb.load();
    return await printed(await execute(args, context), { args, writes: verb.writes === true }, terminal);
  } finally {
    await context.close();
  }
}

/** A name that stands for other commands runs them; each tells itself what goes wrong. */
async function passedOn(verb: VerbEntry, args: Arguments, terminal: Terminal): Promise<number> {
  // How it is to be told stands behind the name as often as before it.
  const behind = globalArguments(texts(args, 'arguments').filter((word) => word !== '--'));
  const told = (name: string): boolean => flag(args, name) || flag(behind, name);
  const all = { ...args, json: told('json'), 'no-color': told('no-color') };
  try {
    const { runSteps, stepsAsked } = await import('./documented/run-steps.js');
    const steps = stepsAsked(args);
    return await (steps === null ? runVerb(verb, all, terminal) : runSteps(steps, terminal, run));
  } catch (error) {
    return await refused(error, { args: all, writes: false, failsAbove: 0 }, terminal);
  }
}

async function answerOf(invocation: Exclude<Invocation, { kind: 'verb' }>): Promise<Outcome> {
  if (invocation.kind === 'version') {
    const { packageVersion } = await import('./installation.js');
    const version = packageVersion();
    return { data: { version }, text: () => version };
  }
  const { helpText } = await import('./help.js');
  const help = helpText(invocation.topic, invocation.all);
  return { data: { help }, text: () => help };
}

async function printed(
  outcome: Outcome,
  { args, writes }: Omit<Shell, 'failsAbove'>,
  terminal: Terminal,
): Promise<number> {
  const noColor = flag(args, 'no-color');
  if (flag(args, 'json')) {
    await terminal.writeOut(`${outcomeEnvelope(outcome)}\n`);
    return exitOf(outcome);
  }
  const quiet = flag(args, 'quiet');
  const answer = quiet && writes ? (outcome.quiet ?? '') : answerText(outcome, terminal, noColor);
  if (answer !== '') await terminal.writeOut(`${answer}\n`);
  const notes = quiet ? '' : (outcome.notes?.(terminal.style('stderr', noColor)) ?? '');
  if (notes !== '') terminal.writeError(`${notes}\n`);
  return exitOf(outcome);
}

function answerText(outcome: Outcome, terminal: Terminal, noColor: boolean): string {
  return outcome.text === silent ? '' : outcome.text(terminal.style('stdout', noColor));
}

async function refused(error: unknown, { args, writes, failsAbove }: Shell, terminal: Terminal): Promise<number> {
  const style = terminal.style('stderr', flag(args, 'no-color'));
  if (flag(args, 'json')) await terminal.writeOut(`${errorEnvelope(error)}\n`);
  if (error instanceof StateManagerError) {
    terminal.writeError(`${renderRefusal(error, style, { writes })}\n`);
    return failsAbove + exitCodes[error.code];
  }
  terminal.writeError(`${await bugReport(error)}\n`);
  return failsAbove + 4;
}

async function bugReport(error: unknown): Promise<string> {
  const { packageVersion } = await import('./installation.js');
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `This is a bug in stateroot ${packageVersion()}; the report needs what follows and the command line.\n${stack}`;
}

/** For a command line that cannot be parsed: how its refusal is to be told. */
function globalArguments(argv: readonly string[]): Arguments {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  return { json: flags.includes('--json'), 'no-color': flags.includes('--no-color') };
}
