import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { program } from '../support/command-line.js';

type Step = { readonly title: string; readonly command: string; readonly exit: number; readonly output: string };
type Envelope = { readonly ok: boolean; readonly data: { readonly setUp: Step; readonly steps: readonly Step[] } };

describe('demo', () => {
  it('shows seven steps with an empty home and no git identity', (t) => {
    const run = demo(t);
    assert.equal(run.code, 0, run.stderr);
    const numbers = [...run.stdout.matchAll(/^(\d)\/7 {2}\S/gm)].map((match) => match[1]);
    assert.deepEqual(numbers, ['0', '1', '2', '3', '4', '5', '6', '7']);
    assert.match(run.stderr, /7 steps, \d+ s\. .*stateroot init/);
  });

  it('shows what its commands really answered', (t) => {
    const run = demo(t, { args: ['--json'] });
    const { ok, data } = JSON.parse(run.stdout) as Envelope;
    assert.equal(ok, true);
    assert.equal(data.setUp.exit, 0);
    assert.deepEqual(
      data.steps.map((step) => [step.command.split(' ').slice(0, 2).join(' '), step.exit]),
      [
        ['stateroot import', 0],
        ['git merge', 0],
        ['stateroot put', 0],
        ['stateroot diff', 0],
        ['git commit', 1],
        ['git restore', 0],
        ['stateroot log', 0],
      ],
    );
    const [imported, , upgrade, review, refusal, rollback, log] = data.steps;
    assert.match(imported?.output ?? '', /26 of 26 records/);
    const upgraded = /→ (0x[0-9a-fA-F]{40})/.exec(upgrade?.output ?? '')?.[1] ?? 'no address';
    for (const step of [review, rollback, log]) assert.ok(step?.output.includes(upgraded), step?.title);
    assert.match(refusal?.output ?? '', /bsctestnet\.unified\.json:\d+:\d+ {2}error {2}checksum-mismatch/);
    assert.match(rollback?.command ?? '', /&& stateroot rollback [0-9a-f]{7}$/);
  });

  it('leaves nothing behind and the folder it was started in alone', (t) => {
    const run = demo(t);
    assert.equal(run.code, 0, run.stderr);
    assert.deepEqual(readdirSync(run.cwd), []);
    assert.deepEqual(readdirSync(run.home), []);
    assert.deepEqual(readdirSync(run.temporary), []);
  });

  it('does not read the configuration of whoever runs it', (t) => {
    const hostile = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: '/nowhere' };
    const run = demo(t, { env: { ...hostile, GIT_DIR: '/nowhere' } });
    assert.equal(run.code, 0, run.stderr + run.stdout);
  });

  it('fails with exit code 4 when a step does not come to what it should', (t) => {
    const run = demo(t, { gitThatDoesNothing: true });
    assert.equal(run.code, 4);
    assert.match(run.stdout, /Not as it should be: exit code/);
    assert.doesNotMatch(run.stderr, /7 steps/);
    assert.deepEqual(readdirSync(run.temporary), []);
  });
});

type Options = {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly gitThatDoesNothing?: boolean;
};

function demo(t: TestContext, options: Options = {}) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stateroot-test-')));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  const [home, cwd, temporary, bin] = ['home', 'cwd', 'tmp', 'bin'].map((name) => join(folder, name)) as Folders;
  for (const each of [home, cwd, temporary, bin]) mkdirSync(each);
  if (options.gitThatDoesNothing === true) writeFileSync(join(bin, 'git'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`;
  const env = { PATH: path, HOME: home, TMPDIR: temporary, LC_ALL: 'C.UTF-8', ...options.env };
  const child = spawnSync(process.execPath, [program, 'demo', ...(options.args ?? [])], { cwd, env, encoding: 'utf8' });
  return { code: child.status, stdout: child.stdout, stderr: child.stderr, home, cwd, temporary };
}

type Folders = [home: string, cwd: string, temporary: string, bin: string];
