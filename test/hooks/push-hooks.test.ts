import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { stateGlobs } from '../../src/core/layout.js';
import {
  type GatedRepository,
  gatedRepository,
  hookScript,
  type Said,
  validText,
} from '../support/gated-repository.js';

const names = ['pre-commit', 'pre-merge-commit', 'pre-push', 'pre-receive'] as const;
const zero = '0'.repeat(40);

/** What git would tell the hook about `main`, all of it new. */
const lines = {
  'pre-push': (tip: string) => `refs/heads/main ${tip} refs/heads/main ${zero}\n`,
  'pre-receive': (tip: string) => `${zero} ${tip} refs/heads/main\n`,
} as const;

/** Runs a hook as git does. Every ref is hidden from the range by `commit`, which no ref holds. */
function run(temp: GatedRepository, name: string, input: string, env: Readonly<Record<string, string>> = {}): Said {
  const child = spawnSync('sh', [hookScript(name), 'origin', 'ssh://nowhere'], {
    cwd: temp.path,
    env: { ...temp.env, ...env },
    encoding: 'utf8',
    input,
  });
  return { code: child.status, said: child.stdout + child.stderr };
}

/** A commit with changed state that no ref holds. */
function unreferenced(temp: GatedRepository): string {
  temp.write(temp.file, validText(2));
  const commit = temp.force('new');
  temp.git('reset', '--quiet', '--hard', 'HEAD^');
  return commit;
}

/** PATH with git, sh and what they need, but without node and stateroot. */
function withoutNode(temp: GatedRepository): Readonly<Record<string, string>> {
  const folder = temp.at('../bin');
  mkdirSync(folder, { recursive: true });
  for (const name of ['git', 'sh', 'cat']) {
    symlinkSync(spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim(), join(folder, name));
  }
  return { PATH: folder };
}

describe('the hooks', () => {
  for (const name of names) {
    it(`${name} is a POSIX shell script that asks for every form of state`, () => {
      const child = spawnSync('sh', ['-n', hookScript(name)], { encoding: 'utf8' });
      assert.deepEqual([child.status, child.stderr], [0, '']);
      const asked = [...readFileSync(hookScript(name), 'utf8').matchAll(/':\(top,icase,glob\)([^']+)'/g)];
      assert.deepEqual(asked.map(([, glob]) => glob).sort(), [...stateGlobs].sort());
    });
  }

  it('judge a merge by the very text that judges a commit', () => {
    assert.equal(readFileSync(hookScript('pre-merge-commit'), 'utf8'), readFileSync(hookScript('pre-commit'), 'utf8'));
  });
});

for (const name of ['pre-push', 'pre-receive'] as const) {
  describe(`the ${name} hook`, () => {
    it('does not ask stateroot about deletions, nothing at all, and commits without state', (t) => {
      const temp = gatedRepository(t);
      temp.git('config', 'stateroot.command', 'false');
      temp.write('readme', 'two\n');
      const tip = temp.force('no state');
      temp.git('reset', '--quiet', '--hard', 'HEAD^');
      temp.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      const deletion = name === 'pre-push' ? `(delete) ${zero} refs/heads/x ${tip}\n` : `${tip} ${zero} refs/heads/x\n`;
      for (const input of ['', deletion, lines[name](tip)]) {
        assert.deepEqual(run(temp, name, input), { code: 0, said: '' }, input);
      }
    });

    it('asks stateroot about state, with what git told', (t) => {
      const temp = gatedRepository(t);
      temp.write('../judge', '#!/bin/sh\necho "judge: $*"\ncat\n');
      temp.git('config', 'stateroot.command', `sh '${temp.at('../judge')}'`);
      const input = lines[name](unreferenced(temp));
      const told = name === 'pre-push' ? 'pre-push origin ssh://nowhere' : 'pre-receive';
      assert.deepEqual(run(temp, name, input), { code: 0, said: `judge: hook ${told}\n${input}` });
    });

    it('refuses when there is no stateroot, no node, a broken validator or a git that fails', (t) => {
      const temp = gatedRepository(t);
      const tip = unreferenced(temp);
      for (const [command, code] of [
        ['/nowhere/stateroot', 1],
        ['exit 4;', 1],
        ['exit 1;', 1],
      ] as const) {
        temp.git('config', 'stateroot.command', command);
        assert.equal(run(temp, name, lines[name](tip)).code, code, command);
      }
      temp.git('config', '--unset', 'stateroot.command');
      const env = withoutNode(temp);
      const nowhere = run(temp, name, lines[name](tip), env);
      assert.equal(nowhere.code, 1);
      assert.match(nowhere.said, /stateroot\.command/);
      const missing = run(temp, name, lines[name]('1'.repeat(40)), env);
      assert.equal(missing.code, 1);
      writeFileSync(temp.at('../bin/stateroot'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
      const noNode = run(temp, name, lines[name](tip), env);
      assert.equal(noNode.code, 1);
      assert.match(noNode.said, /node/);
    });

    it('leaves what git told to what stands below it', (t) => {
      const temp = gatedRepository(t);
      const input = lines[name](temp.git('rev-parse', 'HEAD'));
      temp.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
      temp.write('../hook', `${readFileSync(hookScript(name), 'utf8')}cat\n`);
      const child = spawnSync('sh', [temp.at('../hook'), 'origin'], {
        cwd: temp.path,
        env: temp.env,
        input,
        encoding: 'utf8',
      });
      assert.deepEqual([child.status, child.stdout], [0, input]);
    });
  });
}

describe('a push to a place whose name is a pattern', () => {
  it('takes no other remote for it', (t) => {
    const temp = gatedRepository(t);
    temp.git('config', 'stateroot.command', 'false');
    const input = lines['pre-push'](temp.git('rev-parse', 'HEAD'));
    temp.git('update-ref', 'refs/remotes/other/main', 'HEAD');
    for (const place of ['*', 'othe?', '[o]ther']) {
      const child = spawnSync('sh', [hookScript('pre-push'), place, place], { cwd: temp.path, env: temp.env, input });
      assert.equal(child.status, 1, place);
    }
  });
});
