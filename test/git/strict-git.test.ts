import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import process from 'node:process';
import { it } from 'node:test';
import { strictGit } from '../../src/git/strict-git.js';
import { tempRepository } from '../support/temp-repository.js';

it('git answers whatever the environment of a user names', async (t) => {
  const temp = tempRepository(t);
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
  });
  const theirs = {
    EDITOR: 'vi',
    VISUAL: 'vi',
    PAGER: 'less',
    PREFIX: '/usr',
    SSH_ASKPASS: '/bin/false',
    GIT_ASKPASS: '/bin/false',
    GIT_EDITOR: ':',
    GIT_SEQUENCE_EDITOR: ':',
    GIT_SSH: 'ssh',
    GIT_SSH_COMMAND: 'ssh -i key',
    GIT_PROXY_COMMAND: '/bin/false',
    GIT_EXTERNAL_DIFF: '/bin/false',
    GIT_TEMPLATE_DIR: '/nowhere',
    GIT_EXEC_PATH: execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(),
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.sshCommand',
    GIT_CONFIG_VALUE_0: 'ssh',
  };
  process.env = { ...temp.env, ...theirs };
  assert.equal((await strictGit(temp.path)('rev-parse', '--is-inside-work-tree')).trim(), 'true');
  assert.equal((await strictGit(temp.path)('config', '--get', 'core.sshCommand')).trim(), 'ssh');
});
