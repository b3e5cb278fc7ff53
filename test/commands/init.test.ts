import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { describe, it } from 'node:test';
import { statejson, stateroot } from '../support/command-line.js';
import { networkText, proxied } from '../support/deployments.js';
import { layouts, under } from '../support/layouts.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const hook = '.git/hooks/pre-commit';
const state = 'deployments/unified/bsctestnet.unified.json';

function read(temp: TempRepository, path: string): string {
  return readFileSync(temp.at(path), 'latin1');
}

function writeHook(temp: TempRepository, text: string, mode = 0o755): void {
  temp.write(hook, text);
  chmodSync(temp.at(hook), mode);
}

/** Everything init may touch: files, configuration, branch. */
function picture(temp: TempRepository): Record<string, string | null> {
  const files = [hook, '.gitattributes', '.husky/pre-commit', '.githooks/pre-commit', 'sub/stateroot.config.json'];
  return {
    ...Object.fromEntries(files.map((path) => [path, existsSync(temp.at(path)) ? read(temp, path) : null])),
    config: temp.git('config', '--local', '--list'),
    status: temp.git('status', '--porcelain', '--untracked-files=all', '--ignored'),
  };
}

/** husky 9 as it leaves a clone where it ran. */
function withHusky(temp: TempRepository, preCommit: string | null): void {
  temp.write(
    '.husky/_/h',
    '#!/usr/bin/env sh\ns=$(basename "$0"); h=$(dirname "$(dirname "$0")")/$s\n[ ! -f "$h" ] || sh -e "$h" "$@"\n',
  );
  temp.write('.husky/_/pre-commit', '#!/usr/bin/env sh\n. "$(dirname "$0")/h"\n');
  temp.write('.husky/_/.gitignore', '*');
  chmodSync(temp.at('.husky/_/pre-commit'), 0o755);
  temp.git('config', 'core.hooksPath', '.husky/_');
  if (preCommit !== null) temp.write('.husky/pre-commit', preCommit);
}

function commit(temp: TempRepository): { code: number | null; said: string } {
  temp.git('add', '--all');
  const options = { cwd: temp.path, env: temp.env, encoding: 'utf8' } as const;
  const child = spawnSync('git', ['commit', '--quiet', '-m', 'x'], options);
  return { code: child.status, said: child.stdout + child.stderr };
}

function refusesBadState(temp: TempRepository): void {
  temp.write(state, networkText('bsctestnet', 97, { Vault: proxied('Vault') }).replace('0x', '0y'));
  const { code, said } = commit(temp);
  assert.equal(code, 1);
  assert.match(said, /Commit refused/);
}

describe('init', () => {
  for (const { where, root } of layouts) {
    it(`sets up a state root ${where}, and a second time does nothing`, (t) => {
      const temp = tempRepository(t);
      if (root !== '') temp.write(`${root}/readme`, 'x');
      const first = statejson(temp, ['init'], { folder: root });
      assert.deepEqual([first.code, first.ok], [0, true]);
      for (const [attribute, value] of Object.entries({ eol: 'lf', merge: 'stateroot', diff: 'stateroot' }))
        assert.equal(temp.git('check-attr', attribute, '--', under(root, state)).split(': ')[2], value);
      for (const key of ['merge.stateroot.driver', 'merge.stateroot.name', 'diff.stateroot.textconv'])
        assert.notEqual(temp.git('config', '--local', key), '');
      assert.equal(existsSync(temp.at(under(root, 'stateroot.config.json'))), root !== '');
      assert.notEqual(statSync(temp.at(hook)).mode & 0o111, 0);
      assert.match(temp.git('config', '--local', 'stateroot.command'), /^node '.*stateroot\.cjs'$/);
      const before = picture(temp);
      const again = stateroot(temp, ['init'], { folder: root });
      assert.deepEqual([again.code, picture(temp)], [0, before]);
      assert.match(again.stdout, /^Nothing to do/);
    });
  }

  it('brings an older block of attributes and older drivers up to date', (t) => {
    const temp = tempRepository(t);
    stateroot(temp, ['init']);
    const attributes = read(temp, '.gitattributes');
    const driver = temp.git('config', 'merge.stateroot.driver');
    temp.write('.gitattributes', attributes.replace(/^(deployments.*lf) .*$/gm, '$1'));
    temp.git('config', 'merge.stateroot.driver', driver.replace('both sides', 'the two'));
    const before = picture(temp);
    assert.match(stateroot(temp, ['init']).stdout, /2 parts set up/);
    assert.notDeepEqual(picture(temp), before);
    assert.equal(read(temp, '.gitattributes'), attributes);
    assert.equal(temp.git('config', 'merge.stateroot.driver'), driver);
  });

  it('never overwrites or takes out drivers of somebody else', (t) => {
    const temp = tempRepository(t);
    for (const key of ['merge.stateroot.driver', 'diff.stateroot.textconv']) temp.git('config', key, 'mine %O %A %B');
    const before = temp.git('config', '--local', '--list');
    const { data } = statejson(temp, ['init']);
    const { parts } = data as { parts: { part: string; action: string }[] };
    assert.deepEqual(
      parts.filter(({ part }) => part === 'driver').map(({ action }) => action),
      ['keep', 'keep'],
    );
    stateroot(temp, ['init', '--remove']);
    assert.equal(temp.git('config', '--local', '--list'), before);
  });

  it('gives the configuration back byte for byte', (t) => {
    const temp = tempRepository(t);
    temp.git('config', 'merge.renames', 'true');
    const before = read(temp, '.git/config');
    stateroot(temp, ['init']);
    assert.notEqual(read(temp, '.git/config'), before);
    stateroot(temp, ['init', '--remove']);
    assert.equal(read(temp, '.git/config'), before);
  });

  it('makes git refuse invalid state', (t) => {
    const temp = tempRepository(t);
    stateroot(temp, ['init']);
    refusesBadState(temp);
  });

  it('commits and stages nothing', (t) => {
    const temp = tempRepository(t);
    temp.commitAll('start');
    stateroot(temp, ['init']);
    assert.equal(temp.git('rev-list', '--count', 'HEAD'), '1');
    assert.equal(temp.git('diff', '--cached', '--name-only'), '');
  });

  it('changes nothing on a dry run', (t) => {
    const temp = tempRepository(t);
    const before = picture(temp);
    const { code, stdout } = stateroot(temp, ['init', '--dry-run']);
    assert.deepEqual([code, picture(temp)], [0, before]);
    assert.match(stdout, /\.gitattributes/);
    stateroot(temp, ['init']);
    const installed = picture(temp);
    assert.equal(stateroot(temp, ['init', '--remove', '-n']).code, 0);
    assert.deepEqual(picture(temp), installed);
  });

  for (const [what, prepare] of [
    ['an empty repository', () => undefined],
    [
      'attributes without a final newline',
      (temp: TempRepository) => {
        temp.write('.gitattributes', '*.png binary');
      },
    ],
    [
      'an empty .gitattributes',
      (temp: TempRepository) => {
        temp.write('.gitattributes', '');
      },
    ],
    [
      'bytes that are no UTF-8',
      (temp: TempRepository) => {
        temp.write('.gitattributes', Buffer.from([0x23, 0xe4, 0xff, 0x0a]));
      },
    ],
    [
      'a hook',
      (temp: TempRepository) => {
        writeHook(temp, '#!/usr/bin/env bash\nset -eu\nexit 0\n');
      },
    ],
    [
      'a hook of one line without its end',
      (temp: TempRepository) => {
        writeHook(temp, '#!/bin/sh');
      },
    ],
    [
      'husky',
      (temp: TempRepository) => {
        withHusky(temp, 'npm test');
      },
    ],
    [
      'husky without a pre-commit file',
      (temp: TempRepository) => {
        withHusky(temp, null);
      },
    ],
  ] as const) {
    it(`--remove restores ${what} byte for byte`, (t) => {
      const temp = tempRepository(t);
      prepare(temp);
      const before = picture(temp);
      const mode = existsSync(temp.at(hook)) ? statSync(temp.at(hook)).mode : null;
      assert.equal(stateroot(temp, ['init']).code, 0);
      assert.notDeepEqual(picture(temp), before);
      assert.equal(stateroot(temp, ['init', '--remove']).code, 0);
      assert.deepEqual(picture(temp), before);
      assert.equal(existsSync(temp.at(hook)) ? statSync(temp.at(hook)).mode : null, mode);
      assert.match(stateroot(temp, ['init', '--remove']).stdout, /^Nothing to do/);
    });
  }

  it('--remove takes the mark of a state root only while the root holds nothing', (t) => {
    const temp = tempRepository(t);
    mkdirSync(temp.at('sub'));
    const before = picture(temp);
    stateroot(temp, ['init'], { folder: 'sub' });
    assert.notEqual(picture(temp)['sub/stateroot.config.json'], null);
    stateroot(temp, ['init', '--remove'], { folder: 'sub' });
    assert.deepEqual(picture(temp), before);
    stateroot(temp, ['init'], { folder: 'sub' });
    temp.write(`sub/${state}`, networkText('bsctestnet', 97, { Vault: proxied('Vault') }));
    stateroot(temp, ['init', '--remove'], { folder: 'sub' });
    assert.notEqual(picture(temp)['sub/stateroot.config.json'], null);
  });

  it('never overwrites a configuration it did not write', (t) => {
    const temp = tempRepository(t);
    temp.write('sub/stateroot.config.json', '{"networks": []}\n');
    temp.git('config', 'stateroot.command', 'npx stateroot');
    stateroot(temp, ['init'], { folder: 'sub' });
    stateroot(temp, ['init', '--remove'], { folder: 'sub' });
    assert.equal(read(temp, 'sub/stateroot.config.json'), '{"networks": []}\n');
    assert.equal(temp.git('config', 'stateroot.command'), 'npx stateroot');
  });

  it('brings an older block of its own up to date', (t) => {
    const temp = tempRepository(t);
    stateroot(temp, ['init']);
    const fresh = read(temp, hook);
    writeHook(temp, fresh.replace(/^ {2}refuse\(\) \{$/m, '  refuse() { # older'));
    assert.equal(stateroot(temp, ['init']).code, 0);
    assert.equal(read(temp, hook), fresh);
  });

  it('keeps an existing hook working and fails with it', (t) => {
    const temp = tempRepository(t);
    writeHook(temp, '#!/bin/sh\necho mine >&2\nexit 0\n');
    assert.equal(stateroot(temp, ['init']).code, 0);
    temp.write('readme', 'x');
    assert.deepEqual(commit(temp), { code: 0, said: 'mine\n' });
    refusesBadState(temp);
    temp.git('rm', '--quiet', '--cached', '-r', 'deployments');
    temp.write('.gitignore', 'deployments\n');
    writeHook(temp, read(temp, hook).replace(/exit 0\n$/, 'exit 7\n'));
    assert.deepEqual(commit(temp), { code: 1, said: 'mine\n' });
  });

  it('judges last under husky, and first where a file of husky may end early', (t) => {
    const temp = tempRepository(t);
    withHusky(temp, 'echo mine >&2\n');
    assert.equal(stateroot(temp, ['init']).code, 0);
    assert.match(read(temp, '.husky/pre-commit'), /^echo mine >&2\n# >>> stateroot/);
    assert.equal(existsSync(temp.at(hook)), false);
    refusesBadState(temp);
    const other = tempRepository(t);
    withHusky(other, 'exec true\n');
    stateroot(other, ['init']);
    refusesBadState(other);
  });

  it('says when husky does not run in this clone', (t) => {
    const temp = tempRepository(t);
    temp.write('.husky/pre-commit', 'true\n');
    assert.match(stateroot(temp, ['init']).stderr, /npx husky/);
  });

  for (const [what, prepare] of [
    [
      'is no shell script',
      (temp: TempRepository) => {
        writeHook(temp, '#!/usr/bin/env python3\n');
      },
    ],
    [
      'is switched off',
      (temp: TempRepository) => {
        writeHook(temp, '#!/bin/sh\nexit 1\n', 0o644);
      },
    ],
    [
      'is a link',
      (temp: TempRepository) => {
        temp.write('scripts/hook', '#!/bin/sh\n');
        symlinkSync('../../scripts/hook', temp.at(hook));
      },
    ],
  ] as const) {
    it(`leaves a hook alone that ${what}, sets up the rest and exits 1`, (t) => {
      const temp = tempRepository(t);
      mkdirSync(temp.at('.git/hooks'), { recursive: true });
      prepare(temp);
      const before = read(temp, hook);
      const result = statejson(temp, ['init']);
      assert.deepEqual([result.code, read(temp, hook)], [1, before]);
      assert.equal(existsSync(temp.at('.gitattributes')), true);
    });
  }

  it('does not write into a hooks folder of other repositories', (t) => {
    const temp = tempRepository(t);
    mkdirSync(temp.at('../shared-hooks'));
    temp.git('config', 'core.hooksPath', temp.at('../shared-hooks'));
    const { code, stdout } = stateroot(temp, ['init']);
    assert.equal(code, 1);
    assert.match(stdout, /stateroot hook pre-commit/);
    assert.equal(existsSync(temp.at('../shared-hooks/pre-commit')), false);
  });

  it('uses a hooks folder of the repository', (t) => {
    const temp = tempRepository(t);
    temp.git('config', 'core.hooksPath', '.githooks');
    assert.equal(stateroot(temp, ['init']).code, 0);
    refusesBadState(temp);
    assert.equal(existsSync(temp.at(hook)), false);
  });

  it('sets core.hooksPath only on request, and takes it back', (t) => {
    const temp = tempRepository(t);
    const before = picture(temp);
    assert.equal(stateroot(temp, ['init', '--hooks-path', '.githooks']).code, 0);
    assert.equal(temp.git('config', 'core.hooksPath'), '.githooks');
    assert.match(stateroot(temp, ['init']).stdout, /^Nothing to do/);
    refusesBadState(temp);
    temp.git('rm', '--quiet', '--cached', '-r', '.');
    assert.equal(stateroot(temp, ['init', '--remove']).code, 0);
    assert.deepEqual({ ...picture(temp), status: '' }, { ...before, status: '' });
  });

  it('refuses a --hooks-path outside the work tree, or in place of another', (t) => {
    const temp = tempRepository(t);
    for (const folder of ['../x', '/tmp', 'a/../../b', '.']) {
      const { code, error } = statejson(temp, ['init', '--hooks-path', folder]);
      assert.deepEqual([code, error?.code], [2, 'BAD_USAGE'], folder);
    }
    temp.git('config', 'core.hooksPath', 'mine');
    assert.equal(stateroot(temp, ['init', '--hooks-path', '.githooks']).code, 1);
    assert.equal(temp.git('config', 'core.hooksPath'), 'mine');
  });

  it('sets up a linked work tree through the hooks they share', (t) => {
    const temp = tempRepository(t);
    temp.commitAll('start');
    temp.git('worktree', 'add', '--quiet', temp.at('../side'));
    assert.equal(stateroot(temp, ['init'], { folder: '../side' }).code, 0);
    assert.equal(existsSync(temp.at(hook)), true);
    assert.equal(existsSync(temp.at('../side/.gitattributes')), true);
  });
});
