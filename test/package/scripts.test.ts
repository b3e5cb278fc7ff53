import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import process from 'node:process';
import { temporaryFolder } from '../support/leveldb-store.js';

const root = join(import.meta.dirname, '..', '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

describe('npm test', () => {
  it('runs every test file there is: of parts and of the whole, of migration, hostile input and rollback', (t) => {
    const calls = callsOf(t, ['-c', scripts['test:only'] ?? ''], root);
    const tests = testFiles(join(root, 'test'));
    const [, run = []] = calls.filter(([program]) => program === 'node').map((call) => call.slice(1));
    assert.ok(run.includes('build/test/run-tests.js'));
    const given = run.filter((each) => each.endsWith('.test.js'));
    assert.deepEqual(given.map((each) => each.replace(/^build\/(.*)\.js$/, '$1.ts')).sort(), tests);
    for (const kind of ['core/', 'e2e/', 'migrat', 'hostile/', 'rollback', 'fuzz/', 'git/write/recover'])
      assert.ok(
        tests.some((each) => each.includes(kind)),
        kind,
      );
  });

  it('builds and checks first, and is what CI runs after it has installed', (t) => {
    const [[node, beside, ...steps] = [], ...more] = callsOf(t, ['-c', scripts['test'] ?? ''], root);
    assert.deepEqual([node, beside, steps.at(-1), more], ['node', 'test/run-beside.mjs', 'test:only', []]);
    for (const step of ['build', ...(scripts['check'] ?? '').matchAll(/check:\w+/g)].map(String)) {
      assert.ok(steps.includes(step), step);
    }
    const folder = temporaryFolder(t);
    mkdirSync(join(folder, '.ci'));
    writeFileSync(join(folder, '.ci', 'run'), readFileSync(join(root, '.ci', 'run')));
    const calls = callsOf(t, [join(folder, '.ci', 'run')], folder, 'bash');
    assert.deepEqual(
      calls.map(([program, verb]) => `${program} ${verb}`),
      ['npm ci', 'npm test'],
    );
  });
});

/** What a script calls of npm and node, where both only write down how they are called. */
function callsOf(t: TestContext, args: readonly string[], cwd: string, shell = 'sh'): string[][] {
  const folder = temporaryFolder(t);
  const log = join(folder, 'calls');
  for (const name of ['npm', 'node']) {
    writeFileSync(join(folder, name), `#!/bin/sh\nprintf '%s\\t' ${name} "$@" >>'${log}'; echo >>'${log}'\n`);
    chmodSync(join(folder, name), 0o755);
  }
  rmSync(log, { force: true });
  const env = { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
  const { status, stderr } = spawnSync(shell, args, { cwd, env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  const text = existsSync(log) ? readFileSync(log, 'utf8') : '';
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t').filter((each) => each !== ''));
}

function testFiles(folder: string): string[] {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  return found.map((name) => relative(root, join(folder, name))).sort();
}
