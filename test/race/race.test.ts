import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { tempRepository, type TempRepository } from '../support/temp-repository.js';
import { statejson } from '../support/command-line.js';
import { type Deaths, gitDaemon } from './git-daemon.js';

type Line = { readonly name: string; readonly commit: string; readonly attempts: number; readonly ended: string };

const clones = Number(process.env['STATEROOT_CLONES'] ?? 3);
const writes = Number(process.env['STATEROOT_WRITES'] ?? 3);

/** One clone's writes and syncs, in a process of its own. */
function writer(temp: TempRepository, letter: string): Promise<Line[]> {
  const script = join(import.meta.dirname, 'writer.js');
  const child = spawn(process.execPath, [script, letter, String(writes)], {
    cwd: temp.path,
    env: temp.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => {
      if (code !== 0) reject(new Error(`the writer ${letter} ended with ${String(code)}`));
      else
        resolve(
          output
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Line),
        );
    });
  });
}

async function race(t: TestContext, deaths?: Deaths): Promise<void> {
  const server = await gitDaemon(t, deaths);
  const [first, ...others] = Array.from({ length: clones }, () => tempRepository(t));
  assert.ok(first);
  first.write('README', 'shared\n');
  first.commitAll('begin');
  for (const temp of [first, ...others]) temp.git('remote', 'add', 'origin', server.url);
  // The beginning itself may be lost on the way; a push that is repeated is the same push.
  for (let tries = 0; tries < 50 && !tips(server).includes(first.git('rev-parse', 'HEAD')); tries += 1) {
    try {
      first.git('push', '--quiet', 'origin', 'main');
    } catch (error) {
      t.diagnostic(`the first push: ${String(error).split('\n').at(-2) ?? ''}`);
    }
  }
  for (const temp of others) temp.git('pull', '--quiet', 'origin', 'main');
  const lines = await Promise.all([first, ...others].map((temp, at) => writer(temp, String.fromCharCode(65 + at))));
  // Whoever gave up has kept its commits, and syncs again as a person would.
  for (const temp of [first, ...others]) await finish(temp);
  const all = lines.flat();
  const names = all.map(({ name }) => name).sort();
  first.git('pull', '--quiet', '--ff-only', 'origin', 'main');
  const records = statejson(first, ['list']).data as { contractName: string }[];
  assert.deepEqual(records.map(({ contractName }) => contractName).sort(), names);
  const reached = new Set(server.git('rev-list', 'main').split('\n'));
  assert.deepEqual(
    all.filter(({ commit }) => !reached.has(commit)),
    [],
  );
  assert.equal(server.git('fsck', '--strict', '--no-dangling', '--no-reflogs'), '');
  assert.equal(statejson(first, ['validate']).code, 0);
  report(t, all);
}

function tips(server: { git(...args: string[]): string }): string {
  return server.git('for-each-ref', '--format=%(objectname)');
}

async function finish(temp: TempRepository): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    const { code } = statejson(temp, ['sync']);
    if (code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(execFileSync('git', ['status'], { cwd: temp.path, env: temp.env, encoding: 'utf8' }));
}

function report(t: TestContext, lines: readonly Line[]): void {
  const attempts = lines.map((line) => line.attempts).sort((a, b) => a - b);
  const total = attempts.reduce((sum, each) => sum + each, 0);
  const ended = new Map<string, number>();
  for (const { ended: how } of lines) ended.set(how.split(':')[0] ?? '', (ended.get(how.split(':')[0] ?? '') ?? 0) + 1);
  t.diagnostic(
    `${lines.length} writes, ${lines.length} records, 0 lost; ${total} attempts, median ${attempts[attempts.length >> 1] ?? 0}, most ${attempts.at(-1) ?? 0}; ` +
      [...ended].map(([how, count]) => `${count} ${how}`).join(', '),
  );
}

describe(`${clones} clones with ${writes} writes each, and one remote over git's own protocol`, () => {
  it('lose nothing when they race', (t) => race(t));

  it('lose nothing when the receiving process is killed before, at and after the move of the branch', (t) =>
    race(t, { preReceive: 10, committed: 10, postReceive: 10 }));
});
