import { spawn } from 'node:child_process';
import { StateManagerError } from '../errors.js';
import { type GitObject, parseAnswer } from './read/cat-file-answer.js';
import { gitCommand, gitMissing, type RunOptions } from './run.js';

/** One `git cat-file --batch` process, started at the first question unless begun before: 1,000 versions in 33 ms. */
export type Objects = {
  /** By oid or `<revision>:<path>`; null when there is none. */
  read(name: string): Promise<GitObject | null>;
  close(): void;
};

type CatFile = ReturnType<typeof spawnCatFile>;
/** `begin` starts git while there is no question yet: a hook waits for another git meanwhile. */
export type ObjectsProcess = Objects & { begin(): void };

type Question = { resolve(object: GitObject | null): void; reject(error: unknown): void };

export function openObjects(options: RunOptions): ObjectsProcess {
  let child: CatFile | null = null;
  let failed: Error | null = null;
  let buffered: Buffer[] = [];
  let size = 0;
  let wanted = 0;
  const questions: Question[] = [];

  function start(): CatFile {
    const started = spawnCatFile(options);
    started.stdout.on('data', (chunk: Buffer) => {
      buffered.push(chunk);
      size += chunk.length;
      if (size >= wanted) answer();
    });
    started.on('error', (error: NodeJS.ErrnoException) => {
      fail(error.code === 'ENOENT' ? gitMissing(error) : error);
    });
    started.on('close', () => {
      fail(new StateManagerError('GIT_FAILED', 'git cat-file ended unexpectedly.', { hint: 'git fsck' }));
    });
    // A dead process is reported by 'close'; the pending write's EPIPE says nothing more.
    started.stdin.on('error', () => undefined);
    return started;
  }

  function answer(): void {
    let all = Buffer.concat(buffered);
    wanted = 0;
    for (let question = questions[0]; question !== undefined; question = questions[0]) {
      const parsed = parseAnswer(all);
      if ('wanted' in parsed) {
        wanted = parsed.wanted;
        break;
      }
      questions.shift();
      all = all.subarray(parsed.length);
      question.resolve(parsed.object);
    }
    buffered = [all];
    size = all.length;
  }

  function fail(error: Error): void {
    failed ??= error;
    for (const question of questions.splice(0)) question.reject(error);
  }

  return {
    begin() {
      if (failed === null) child ??= start();
    },
    read(name) {
      // A newline would be read as two questions, and every later answer would belong to another one.
      if (name.includes('\n')) return Promise.resolve(null);
      return new Promise((resolve, reject) => {
        if (failed !== null) {
          reject(failed);
          return;
        }
        child ??= start();
        questions.push({ resolve, reject });
        child.stdin.write(`${name}\n`);
      });
    },
    close() {
      child?.removeAllListeners('close');
      child?.stdin.end();
      child = null;
      failed = new StateManagerError('GIT_FAILED', 'the repository was closed.');
    },
  };
}

/** Its stderr says nothing that its answers and its end do not. */
function spawnCatFile(options: RunOptions) {
  const { args, env } = gitCommand(['cat-file', '--batch'], options);
  return spawn('git', args, { cwd: options.cwd, env, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
}
