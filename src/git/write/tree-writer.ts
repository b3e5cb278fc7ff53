import { spawn } from 'node:child_process';
import { StateManagerError } from '../../errors.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import type { TreeEntry } from '../read/tree-object.js';
import { gitCommand, gitMissing } from '../run.js';

/** Stores tree objects, durable, through one `git mktree`, however many: starting git costs more than a tree does. */
export type TreeWriter = {
  /** The oid. Throws GIT_FAILED. */
  store(entries: readonly TreeEntry[]): Promise<string>;
  /** To be called in the end, also after a failure. */
  close(): void;
};

type Question = { resolve(oid: string): void; reject(error: unknown): void };

/** Starts git at the first tree. */
export function openTreeWriter(checkout: Pick<Checkout, 'top' | 'env'>): TreeWriter {
  let child: ReturnType<typeof spawnMktree> | null = null;
  let failed: Error | null = null;
  let [answered, said] = ['', ''];
  const questions: Question[] = [];

  function start(): ReturnType<typeof spawnMktree> {
    const started = spawnMktree(checkout);
    started.stdout.setEncoding('latin1').on('data', (text: string) => {
      const lines = (answered + text).split('\n');
      answered = lines.pop() ?? '';
      for (const oid of lines) questions.shift()?.resolve(oid);
    });
    started.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    started.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? gitMissing(error) : error);
    });
    started.on('close', (code) => {
      fail(ended(code, said));
    });
    // A dead process is reported by 'close'; the pending write's EPIPE says nothing more.
    started.stdin.on('error', () => undefined);
    return started;
  }

  function fail(error: Error): void {
    failed ??= error;
    for (const question of questions.splice(0)) question.reject(error);
  }

  return {
    store(entries) {
      return new Promise((resolve, reject) => {
        if (failed !== null) {
          reject(failed);
          return;
        }
        child ??= start();
        questions.push({ resolve, reject });
        child.stdin.write(Buffer.from(`${entries.map(lineOf).join('')}\0`, 'latin1'));
      });
    },
    close() {
      child?.removeAllListeners('close');
      child?.stdin.end();
      fail(new Error('a tree was asked for after the end'));
    },
  };
}

function spawnMktree({ top, env }: Pick<Checkout, 'top' | 'env'>) {
  // An empty entry ends a tree.
  const options = inCheckout({ top, env }, { durable: true });
  const command = gitCommand(['mktree', '-z', '--missing', '--batch'], options);
  return spawn('git', command.args, { cwd: top, env: command.env, windowsHide: true });
}

function lineOf({ mode, name, oid }: TreeEntry): string {
  const types: Readonly<Record<string, string>> = { '040000': 'tree', '160000': 'commit' };
  return `${mode} ${types[mode] ?? 'blob'} ${oid}\t${name}\0`;
}

function ended(code: number | null, said: string): StateManagerError {
  const outcome = code === null ? 'was killed' : `failed with exit code ${code}`;
  return new StateManagerError('GIT_FAILED', `git mktree ${outcome}: ${said.trim() || 'it said nothing'}`, {
    hint: 'stateroot doctor',
    details: { exitCode: code, stderr: said },
  });
}
