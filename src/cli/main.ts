import process from 'node:process';
import { isatty } from 'node:tty';
import type { KeyOption } from './command.js';
import { run, type Terminal } from './run.js';
import { stdinAtOnce } from './stdin-at-once.js';
import { type Stream, styleOf } from './terminal.js';

// The only file of the command line that knows the process.
const closers: (() => Promise<void>)[] = [];
const terminal: Terminal = {
  cwd: process.cwd(),
  stdin: () => process.stdin,
  stdinAtOnce,
  stdinIsTerminal: () => process.stdin.isTTY,
  nodeVersion: process.versions.node,
  environment: process.env,
  style: (stream, noColor) =>
    styleOf(described(stream), process.env, { noColor, windows: process.platform === 'win32' }),
  writeOut: (text) =>
    new Promise((resolve) => {
      opened('stdout').write(text, () => {
        resolve();
      });
    }),
  writeError(text) {
    opened('stderr').write(text);
  },
  now: () => performance.now(),
  confirm,
  choose,
  onInterrupt(close) {
    closers.push(close);
  },
  deferStop() {
    const stop = { isAsked: false };
    stopping = stop;
    process.on('SIGTERM', onSignal);
    return {
      isAsked: () => stop.isAsked,
      abandon() {
        mayLeave = true;
      },
      release() {
        stopping = null;
        process.off('SIGTERM', onSignal);
      },
    };
  },
};

/** Long work that ends by itself when it is asked to. */
let stopping: { isAsked: boolean } | null = null;
let mayLeave = false;

process.on('SIGINT', onSignal);
void run(process.argv.slice(2), terminal).then((code) => {
  process.exitCode = code;
  if (mayLeave) process.exit();
});

function onSignal(): void {
  if (stopping === null || stopping.isAsked) {
    process.off('SIGINT', onSignal);
    void interrupt();
    return;
  }
  stopping.isAsked = true;
  opened('stderr').write('Stopping after this batch; once more stops at once.\n');
}

/** A pipe is described without opening it: a hook that has nothing to say opens no stream, which costs milliseconds. */
function described(stream: 'stdout' | 'stderr'): Stream {
  return isatty(stream === 'stdout' ? 1 : 2) ? process[stream] : {};
}

function opened(name: 'stdout' | 'stderr'): NodeJS.WriteStream {
  const stream = process[name];
  if (!stream.listeners('error').includes(leaveQuietly)) stream.on('error', leaveQuietly);
  return stream;
}

/** Whoever read the pipe has gone (`| head`): there is nobody left to tell. */
function leaveQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

async function interrupt(): Promise<void> {
  if (process.stderr.isTTY) opened('stderr').write('\r\u001b[K');
  await Promise.allSettled(closers.map((close) => close()));
  process.exit(130);
}

async function confirm(question: string): Promise<boolean> {
  const prompts = await import('@clack/prompts');
  const answer = await prompts.confirm({
    message: question,
    initialValue: false,
    input: process.stdin,
    output: opened('stderr'),
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
