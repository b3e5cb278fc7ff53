import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { describe, it } from 'node:test';
import { statejson, stateroot } from '../support/command-line.js';
import { networkText, proxied } from '../support/deployments.js';
import { hookSetups, type HookSetup, replayedSetups } from '../support/hook-managers.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const file = 'deployments/unified/bsctestnet.unified.json';
const good = networkText('bsctestnet', 97, { Vault: proxied('Vault') });
const bad = good.replace('0x', '0y');
// Stubs that a manager writes for itself whenever it likes.
const theirs = /^\.git\/(?:hooks\/|info\/lefthook|COMMIT_EDITMSG|index$)|^\.husky\/_\//;

function git(temp: TempRepository, ...args: string[]): { code: number | null; said: string } {
  const child = spawnSync('git', args, { cwd: temp.path, env: temp.env, encoding: 'utf8' });
  return { code: child.status, said: child.stdout + child.stderr };
}

/** What the user's own hooks noted since the last time. */
function ran(temp: TempRepository): string[] {
  if (!existsSync(temp.at('ran'))) return [];
  const lines = readFileSync(temp.at('ran'), 'utf8').trim().split('\n');
  rmSync(temp.at('ran'));
  return lines;
}

/** Every file with its bytes and mode, apart from what a manager writes for itself. */
function picture(temp: TempRepository, apart: RegExp): Record<string, string> {
  const entries = readdirSync(temp.path, { recursive: true, encoding: 'utf8' }).filter((name) => !apart.test(name));
  const files = entries.filter((name) => statSync(temp.at(name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name, `${statSync(temp.at(name)).mode.toString(8)} ${readFileSync(temp.at(name), 'latin1')}`]),
  );
}

function commitGood(temp: TempRepository): void {
  temp.write(file, good);
  git(temp, 'add', '--all');
  const { code, said } = git(temp, 'commit', '-m', 'state');
  assert.equal(code, 0, said);
}

/** A commit, a merge and a push with invalid state are refused; the push although its commit was made without hooks. */
function refuses(temp: TempRepository): void {
  temp.write(file, bad);
  git(temp, 'add', file);
  const commit = git(temp, 'commit', '-m', 'bad');
  assert.notEqual(commit.code, 0);
  assert.match(commit.said, /Commit refused/);
  git(temp, 'commit', '--no-verify', '-m', 'bad');
  const push = git(temp, 'push', 'origin', 'HEAD:refs/heads/bad');
  assert.match(push.said, /Push refused/);
  assert.equal(git(temp, 'ls-remote', 'origin', 'refs/heads/bad').said, '');
  git(temp, 'branch', 'side');
  git(temp, 'reset', '--quiet', '--hard', 'HEAD~1');
  const merge = git(temp, 'merge', '--no-ff', '-m', 'merge', 'side');
  assert.match(merge.said, /refused/);
  assert.notEqual(merge.code, 0);
  git(temp, 'merge', '--abort');
  assert.equal(readFileSync(temp.at(file), 'utf8'), good);
}

function withSetup(t: { after(run: () => void): void }, setup: HookSetup): TempRepository {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'ran\nlines\n');
  temp.git('init', '--quiet', '--bare', temp.at('../origin'));
  temp.git('remote', 'add', 'origin', temp.at('../origin'));
  setup.prepare(temp);
  return temp;
}

describe('a hook set-up that is there', () => {
  for (const setup of [...hookSetups, ...replayedSetups]) {
    it(`keeps working, and judges state too: ${setup.name}`, (t) => {
      const missing = setup.missing();
      if (missing !== null) {
        t.skip(missing);
        return;
      }
      const temp = withSetup(t, setup);
      assert.equal(stateroot(temp, ['init']).code, 0);
      setup.wake(temp);
      commitGood(temp);
      assert.ok(ran(temp).includes('pre-commit'));
      const push = git(temp, 'push', 'origin', 'HEAD:refs/heads/main');
      assert.equal(push.code, 0, push.said);
      const pushed = ran(temp).filter((line) => line.startsWith('pre-push'));
      if (['hooks in .git/hooks', 'husky', 'lefthook'].includes(setup.name)) {
        assert.match(pushed.join(), /^pre-push HEAD [0-9a-f]{40} refs\/heads\/main 0{40}$/);
      }
      refuses(temp);
      const { checks } = statejson(temp, ['doctor']).data as { checks: { check: string; severity: string }[] };
      assert.deepEqual(
        checks.filter(({ severity }) => severity !== 'ok'),
        [],
      );
    });

    it(`is byte for byte as it was after init --remove: ${setup.name}`, (t) => {
      const missing = setup.missing();
      if (missing !== null) {
        t.skip(missing);
        return;
      }
      const temp = withSetup(t, setup);
      const apart = /git\/hooks/.test(setup.name) ? /^\.git\/(?:COMMIT_EDITMSG|index$)/ : theirs;
      const before = picture(temp, apart);
      stateroot(temp, ['init']);
      assert.notDeepEqual(picture(temp, apart), before);
      setup.wake(temp);
      const installed = picture(temp, apart);
      assert.match(stateroot(temp, ['init']).stdout, /^Nothing to do/);
      assert.deepEqual(picture(temp, apart), installed);
      assert.equal(stateroot(temp, ['init', '--remove']).code, 0);
      assert.deepEqual(picture(temp, apart), before);
      setup.wake(temp);
      temp.write('readme', 'x');
      git(temp, 'add', '--all');
      if (setup.name.startsWith('what')) return;
      assert.equal(git(temp, 'commit', '-m', 'x').code, 0);
      assert.ok(ran(temp).includes('pre-commit'));
    });
  }
});
