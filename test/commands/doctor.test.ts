import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { describe, it } from 'node:test';
import { statejson, stateroot } from '../support/command-line.js';
import { networkText, proxied } from '../support/deployments.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

type Check = { check: string; severity: string; message: string; fix?: string };

const file = 'deployments/unified/bsctestnet.unified.json';

function examine(temp: TempRepository, ...args: string[]) {
  const { code, data, findings } = statejson(temp, ['doctor', ...args]);
  const checks = (data as { checks: Check[] }).checks;
  return { code, findings, checks, wrong: checks.filter(({ severity }) => severity !== 'ok') };
}

function healthy(t: { after(run: () => void): void }): TempRepository {
  const temp = tempRepository(t);
  temp.write(file, networkText('bsctestnet', 97, { Vault: proxied('Vault') }));
  stateroot(temp, ['init']);
  temp.commitAll('state');
  return temp;
}

describe('doctor', () => {
  it('finds nothing wrong after init', (t) => {
    const temp = healthy(t);
    const { code, wrong } = examine(temp);
    assert.deepEqual([code, wrong], [0, []]);
  });

  for (const [what, check, severity, code, harm] of [
    [
      'no hook',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.git/hooks/pre-commit', '#!/bin/sh\n');
      },
    ],
    [
      'a hook that is switched off',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        chmodSync(temp.at('.git/hooks/pre-commit'), 0o644);
      },
    ],
    [
      'hooks that git looks for elsewhere',
      'hook',
      'error',
      1,
      (temp: TempRepository) => {
        temp.git('config', 'core.hooksPath', '.elsewhere');
      },
    ],
    [
      'attributes that are missing',
      'line endings',
      'warning',
      0,
      (temp: TempRepository) => {
        temp.write('.gitattributes', '');
      },
    ],
    [
      'a filter on network files',
      'attributes',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write('.git/info/attributes', '*.json filter=lfs\n');
      },
    ],
    [
      'an invalid file',
      'files',
      'error',
      1,
      (temp: TempRepository) => {
        temp.write(file, '{');
      },
    ],
  ] as const) {
    it(`names ${what} and the command that fixes it`, (t) => {
      const temp = healthy(t);
      harm(temp);
      const examined = examine(temp);
      const found = examined.wrong.find((each) => each.check === check);
      assert.deepEqual([found?.severity, examined.code], [severity, code]);
      assert.notEqual(found?.fix, undefined);
    });
  }

  it('names an identity that is missing', (t) => {
    const temp = healthy(t);
    temp.git('config', 'user.useConfigOnly', 'true');
    const { GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL, ...env } = temp.env;
    assert.ok(GIT_AUTHOR_NAME && GIT_AUTHOR_EMAIL && GIT_COMMITTER_NAME && GIT_COMMITTER_EMAIL);
    const { code, wrong } = examine({ ...temp, env });
    assert.deepEqual([code, wrong.map(({ check }) => check)], [1, ['identity']]);
  });

  it('names a shallow clone', (t) => {
    const temp = healthy(t);
    temp.commitAll('two');
    temp.git('clone', '--quiet', '--depth=1', `file://${temp.path}`, temp.at('../shallow'));
    const shallow = { ...temp, at: (...rest: string[]) => temp.at('../shallow', ...rest) };
    assert.ok(examine(shallow).wrong.some(({ check, fix }) => check === 'history' && fix === 'git fetch --unshallow'));
  });

  it('lists every finding of the files', (t) => {
    const temp = healthy(t);
    temp.write(
      file,
      networkText('bsctestnet', 97, { Vault: proxied('Vault') }).replace('"fileVersion": 1', '"fileVersion":  1'),
    );
    assert.deepEqual(
      examine(temp).findings.map(({ rule }) => rule),
      ['text-canonical'],
    );
  });

  it('--fix does what init would do', (t) => {
    const temp = tempRepository(t);
    assert.equal(examine(temp).code, 1);
    assert.deepEqual([examine(temp, '--fix').code, examine(temp).wrong], [0, []]);
  });
});
