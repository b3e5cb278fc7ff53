import process from 'node:process';
import type { KeyOption } from './command.js';
import { run, type Terminal } from './run.js';
import { styleOf } from './terminal.js';

// The only file of the command line that knows the process.
const closers: (() => Promise<void>)[] = [];
const terminal: Terminal = {
  cwd: process.cwd(),
  stdin: () => process.stdin,
  stdinIsTerminal: () => process.stdin.isTTY,
  nodeVersion: process.versions.node,
  style: (stream, noColor) => styleOf(process[stream], process.env, { noColor, windows: process.platform === 'win32' }),
  writeOut: (text) =>
    new Promise((resolve) => {
      process.stdout.write(text, () => {
        resolve();
      });
    }),
  writeError(text) {
    process.stderr.write(text);
  },
  now: () => performance.now(),
  confirm,
  choose,
  onInterrupt(close) {
    closers.push(close);
  },
};

process.stdout.on('error', leaveQuietly);
process.stderr.on('error', leaveQuietly);
process.once('SIGINT', () => {
  void interrupt();
});
void run(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
});

/** Whoever read the pipe has gone (`| head`): there is nobody left to tell. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function interrupt(): Promise<void> {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  await Promise.allSettled(closers.map((close) => close()));
  process.exit(130);
}

async function confirm(question: string): Promise<boolean> {
  const prompts = await import('@clack/prompts');
  const answer = await prompts.confirm({
    message: question,
    initialValue: false,
    input: process.stdin,
    output: process.stderr,
  });
  return answer === true;
}

async function choose(question: string, options: readonly KeyOption[]): Promise<string | null> {
  const prompts = await import('@clack/prompts');
  const answer = await prompts.selectKey({
    message: question,
    options: options.map(({ key, label }) => ({ value: key, label })),
    input: process.stdin,
    output: process.stderr,
  });
  return typeof answer === 'string' ? answer : null;
}
