import { shellWord } from '../../core/shell-word.js';
import { jsonText } from '../text/escape-json.js';
import { terminalSafe } from '../text/escape.js';
import { paint } from '../text/paint.js';
import { flag, text, texts } from '../arguments.js';
import type { Arguments } from '../command.js';
import { parseCommandLine } from '../parse.js';
import type { Terminal } from '../run.js';
import { documentedCommands } from './all-commands.js';
import { stepsOf } from './steps-of.js';

/** The command lines behind a name of the documents. */
export type Steps = {
  readonly name: string;
  readonly note: string;
  /** Global flags that were given before the name, for each of the lines. */
  readonly before: readonly string[];
  readonly lines: readonly (readonly string[])[];
};

type Run = (argv: readonly string[], terminal: Terminal) => Promise<number>;

/** What `stateroot run` was asked to run; null where the name stands for no command. Throws BAD_USAGE as `stepsOf`. */
export function stepsAsked(args: Arguments): Steps | null {
  const name = text(args, 'name');
  const answer = name === undefined ? undefined : documentedCommands.get(name);
  if (name === undefined || answer === undefined || !('runs' in answer) || flag(args, 'list')) return null;
  const lines = stepsOf(name, answer.runs, texts(args, 'arguments'));
  return { name, note: answer.note ?? '', before: globalWords(args), lines };
}

/**
 * Runs them in order, each said on stderr first; the first that does not end with 0 is the last, and its exit code the
 * answer. One alone prints what it prints; of several `--json` makes one document. Throws BAD_USAGE before the first runs,
 * when one of them cannot be parsed.
 */
export async function runSteps(steps: Steps, terminal: Terminal, run: Run): Promise<number> {
  const parsed = steps.lines.map((line) => parseCommandLine([...steps.before, ...line]).args);
  const say = announcer(steps, terminal, parsed);
  if (steps.lines.length > 1 && parsed.some((args) => flag(args, 'json'))) return collected(steps, terminal, run, say);
  for (const line of steps.lines) {
    say(line);
    const code = await run([...steps.before, ...line], terminal);
    if (code !== 0) return code;
  }
  return 0;
}

type Announcer = (line: readonly string[]) => void;

function announcer({ note, lines }: Steps, terminal: Terminal, parsed: readonly Arguments[]): Announcer {
  if (parsed.some((args) => flag(args, 'quiet'))) return () => undefined;
  const { dim, mark } = paint(
    terminal.style(
      'stderr',
      parsed.some((args) => flag(args, 'no-color')),
    ),
  );
  return (line) => {
    const why = note === '' || line !== lines[0] ? '' : `\n  ${dim(note)}`;
    terminal.writeError(`${mark.arrow} ${shownLine(line)}${why}\n`);
  };
}

async function collected(
  { name, before, lines }: Steps,
  terminal: Terminal,
  run: Run,
  say: Announcer,
): Promise<number> {
  const steps: { command: string; exit: number; data: unknown }[] = [];
  const findings: unknown[] = [];
  for (const line of lines) {
    say(line);
    let printed = '';
    const exit = await run([...before, ...line], {
      ...terminal,
      writeOut(text) {
        printed += text;
        return Promise.resolve();
      },
    });
    const document = JSON.parse(printed) as { data: unknown; findings: unknown[]; error?: unknown };
    steps.push({ command: shownLine(line), exit, data: document.data });
    findings.push(...document.findings);
    if (exit === 0) continue;
    const error = document.error === undefined ? {} : { error: document.error };
    await terminal.writeOut(`${jsonText({ ok: false, data: { name, steps }, findings, ...error })}\n`);
    return exit;
  }
  await terminal.writeOut(`${jsonText({ ok: true, data: { name, steps }, findings })}\n`);
  return 0;
}

/** As it can be typed again. */
function shownLine(line: readonly string[]): string {
  return terminalSafe(['stateroot', ...line].map(shellWord).join(' '));
}

function globalWords(args: Arguments): string[] {
  const cwd = text(args, 'cwd');
  const switches = ['json', 'quiet', 'no-color', 'no-input'].filter((name) => flag(args, name));
  return [...(cwd === undefined ? [] : ['-C', cwd]), ...switches.map((name) => `--${name}`)];
}
