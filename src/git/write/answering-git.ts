import { spawn } from 'node:child_process';
import { StateManagerError } from '../../errors.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { gitCommand, gitMissing } from '../run.js';

/** A git process that answers every question with one line, in order. */
export type AnsweringGit = {
  /** Throws GIT_FAILED and GIT_NOT_FOUND. */
  ask(question: string | Uint8Array): Promise<string>;
  /** To be called in the end, also after a failure. */
  close(): void;
};

type Waiting = { resolve(answer: string): void; reject(error: unknown): void };

/** Starts git at the first question: starting it costs more than an answer does. What it stores is durable. */
export function answeringGit(checkout: Pick<Checkout, 'top' | 'env'>, args: readonly string[]): AnsweringGit {
  let child: ReturnType<typeof spawnDurable> | null = null;
  let failed: Error | null = null;
  let [answered, said] = ['', ''];
  const waiting: Waiting[] = [];

  function start(): ReturnType<typeof spawnDurable> {
    const started = spawnDurable(checkout, args);
    started.stdout.setEncoding('latin1').on('data', (text: string) => {
      const lines = (answered + text).split('\n');
      answered = lines.pop() ?? '';
      for (const line of lines) waiting.shift()?.resolve(line);
    });
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    started.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? gitMissing(error) : error);
    });
    started.on('close', (code) => {
      fail(ended(args, code, said));
    });
    // A dead process is reported by 'close'; the pending write's EPIPE says nothing more.
    started.stdin.on('error', () => undefined);
    return started;
  }

  function fail(error: Error): void {
    failed ??= error;
    for (const one of waiting.splice(0)) one.reject(error);
  }

  return {
    ask(question) {
      return new Promise((resolve, reject) => {
        if (failed !== null) {
          reject(failed);
          return;
        }
        child ??= start();
        waiting.push({ resolve, reject });
        child.stdin.write(question);
      });
    },
    close() {
      child?.removeAllListeners('close');
      child?.stdin.end();
      fail(new Error(`git ${args[0] ?? ''} was asked after its end`));
    },
  };
}

function spawnDurable({ top, env }: Pick<Checkout, 'top' | 'env'>, args: readonly string[]) {
  const command = gitCommand(args, inCheckout({ top, env }, { durable: true }));
  return spawn('git', command.args, { cwd: top, env: command.env, windowsHide: true });
}

function ended(args: readonly string[], code: number | null, said: string): StateManagerError {
  const outcome = code === null ? 'was killed' : `failed with exit code ${code}`;
  const why = said.trim() || 'it said nothing';
  return new StateManagerError('GIT_FAILED', `git ${args[0] ?? ''} ${outcome}: ${why}`, {
    hint: 'stateroot doctor',
    details: { exitCode: code, stderr: said },
  });
}
