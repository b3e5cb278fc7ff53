import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { openRepository } from '../../../src/git/open-repository.js';
import type { StateRepository, WriteIntent } from '../../../src/ports/state-repository.js';
import { type TempRepository, tempRepository } from '../../support/temp-repository.js';

const path = 'deployments/unified/bsctestnet.unified.json';

async function opened(t: TestContext, temp: TempRepository, folder = '.', env = temp.env): Promise<StateRepository> {
  const repository = await openRepository(temp.at(folder), { env, lockTimeout: 1500 });
  t.after(() => repository.close());
  return repository;
}

function intent(text: string | null, more: Partial<WriteIntent> = {}): WriteIntent {
  return {
    operation: 'put bsctestnet',
    target: { kind: 'head', allowDetached: false },
    plan: () => Promise.resolve([{ files: new Map([[path, text]]), message: `state: ${String(text)}` }]),
    ...more,
  };
}

/** Everything of the user's that a refused write must leave alone. */
function picture(temp: TempRepository): unknown {
  return {
    head: temp.git('rev-parse', '--quiet', '--verify', 'HEAD'),
    refs: temp.git('for-each-ref'),
    status: temp.git('status', '--porcelain=v2', '--untracked-files=all', '--ignored'),
    index: temp.git('ls-files', '--stage'),
    file: existsSync(temp.at(path)) ? readFileSync(temp.at(path), 'utf8') : null,
    left: temp.git('ls-files', '--others'),
  };
}

describe('a write is refused, and nothing is changed,', () => {
  const setUps: readonly [string, string, (temp: TempRepository) => void][] = [
    [
      'while a merge is in progress',
      'OPERATION_IN_PROGRESS',
      (temp) => {
        writeFileSync(temp.at('.git/MERGE_HEAD'), `${temp.git('rev-parse', 'HEAD')}\n`);
      },
    ],
    [
      'while a cherry-pick is in progress',
      'OPERATION_IN_PROGRESS',
      (temp) => {
        writeFileSync(temp.at('.git/CHERRY_PICK_HEAD'), `${temp.git('rev-parse', 'HEAD')}\n`);
      },
    ],
    [
      'while a revert is in progress',
      'OPERATION_IN_PROGRESS',
      (temp) => {
        writeFileSync(temp.at('.git/REVERT_HEAD'), `${temp.git('rev-parse', 'HEAD')}\n`);
      },
    ],
    [
      'while a rebase is in progress',
      'OPERATION_IN_PROGRESS',
      (temp) => {
        mkdirSync(temp.at('.git/rebase-merge'));
      },
    ],
    [
      'on a detached HEAD',
      'DETACHED_HEAD',
      (temp) => {
        temp.git('checkout', '--quiet', '--detach');
      },
    ],
    [
      'when the file has edits',
      'UNCOMMITTED_EDITS',
      (temp) => {
        temp.write(path, 'edited\n');
      },
    ],
    [
      'when the file has staged edits',
      'UNCOMMITTED_EDITS',
      (temp) => {
        temp.write(path, 'edited\n');
        temp.git('add', path);
        temp.write(path, 'first\n');
      },
    ],
    [
      'when the file was removed by hand',
      'UNCOMMITTED_EDITS',
      (temp) => {
        temp.git('rm', '--quiet', '--cached', path);
      },
    ],
    [
      'when a folder on the way is a link',
      'FILE_FAILED',
      (temp) => {
        temp.git('mv', 'deployments', 'elsewhere');
        symlinkSync('elsewhere', temp.at('deployments'));
        temp.git('rm', '-rq', '--cached', 'elsewhere');
        temp.git('reset', '--quiet', path);
      },
    ],
    [
      "when git's index is locked",
      'BUSY',
      (temp) => {
        writeFileSync(temp.at('.git/index.lock'), '');
      },
    ],
    [
      'when the ref is locked',
      'BUSY',
      (temp) => {
        writeFileSync(temp.at('.git/refs/heads/main.lock'), '');
      },
    ],
  ];
  for (const [when, code, arrange] of setUps) {
    it(when, async (t) => {
      const temp = tempRepository(t);
      temp.write(path, 'first\n');
      temp.commitAll('first');
      arrange(temp);
      const before = picture(temp);
      await assert.rejects((await opened(t, temp)).write(intent('next\n')), { code });
      assert.deepEqual(picture(temp), before);
    });
  }

  it('without an identity', async (t) => {
    const temp = tempRepository(t);
    const { GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL, ...env } = temp.env;
    assert.ok(
      [GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL].every(
        (value) => value !== undefined,
      ),
    );
    temp.git('config', 'user.useConfigOnly', 'true');
    await assert.rejects((await opened(t, temp, '.', env)).write(intent('next\n')), { code: 'IDENTITY_MISSING' });
    assert.equal(temp.git('count-objects'), '0 objects, 0 kilobytes');
  });

  it('when a reference-transaction hook says no', async (t) => {
    const temp = tempRepository(t);
    temp.write(path, 'first\n');
    temp.commitAll('first');
    temp.write('.git/hooks/reference-transaction', '#!/bin/sh\n[ "$1" != prepared ]\n');
    chmodSync(temp.at('.git/hooks/reference-transaction'), 0o755);
    const before = picture(temp);
    await assert.rejects((await opened(t, temp)).write(intent('next\n')), { code: 'HOOK_REFUSED' });
    assert.deepEqual(picture(temp), before);
  });

  it('when the plan throws', async (t) => {
    const temp = tempRepository(t);
    const repository = await opened(t, temp);
    const plan = () => Promise.reject(new RangeError('a bug'));
    await assert.rejects(repository.write(intent('next\n', { plan })), RangeError);
    assert.equal(temp.git('count-objects'), '0 objects, 0 kilobytes');
  });
});

describe('a write to a branch that is not checked out', () => {
  const target = { kind: 'branch', ref: 'refs/heads/side', create: false } as const;
  const refusals: readonly [string, string, (temp: TempRepository) => void][] = [
    [
      'by a lock on its ref',
      'BUSY',
      (temp) => {
        writeFileSync(temp.at('.git/refs/heads/side.lock'), '');
      },
    ],
    [
      'by a reference-transaction hook',
      'HOOK_REFUSED',
      (temp) => {
        temp.write('.git/hooks/reference-transaction', '#!/bin/sh\n[ "$1" != prepared ]\n');
        chmodSync(temp.at('.git/hooks/reference-transaction'), 0o755);
      },
    ],
  ];
  for (const [how, code, arrange] of refusals) {
    it(`that is refused ${how} leaves nothing that looks like a dead write`, async (t) => {
      const temp = tempRepository(t);
      temp.commitAll('first');
      temp.git('branch', 'side');
      arrange(temp);
      const repository = await opened(t, temp);
      await assert.rejects(repository.write(intent('x\n', { target })), { code });
      assert.deepEqual(await repository.unfinished(), []);
      assert.deepEqual(readdirSync(temp.at('.git', 'stateroot')), []);
    });
  }
});

describe('a write', () => {
  it('leaves staged, unstaged and untracked work byte-identical', async (t) => {
    const temp = tempRepository(t);
    for (const name of ['staged', 'edited', 'both']) temp.write(`${name}.txt`, 'committed\n');
    temp.commitAll('first');
    temp.write('staged.txt', 'staged\n');
    temp.write('both.txt', 'staged\n');
    temp.git('add', '--all');
    temp.write('both.txt', 'edited\n');
    temp.write('edited.txt', 'edited\n');
    temp.write('untracked.txt', 'mine\n');
    const before = temp.git('status', '--porcelain');
    const repository = await opened(t, temp);
    await repository.write(intent('first\n'));
    await repository.write(intent('second\n'));
    assert.equal(temp.git('status', '--porcelain'), before);
    assert.equal(temp.git('show', ':both.txt'), 'staged');
    assert.equal(readFileSync(temp.at('both.txt'), 'utf8'), 'edited\n');
    assert.equal(temp.git('show', '--name-only', '--format='), path);
    assert.equal(temp.git('diff-files', '--name-only'), 'both.txt\nedited.txt');
  });

  it('commits on what a human committed meanwhile', async (t) => {
    const temp = tempRepository(t);
    const repository = await opened(t, temp);
    await repository.write(intent('first\n'));
    let planned = 0;
    const written = await repository.write(
      intent('second\n', {
        plan: (base) => {
          planned += 1;
          if (planned === 1) temp.git('commit', '--quiet', '--allow-empty', '--message=human');
          return Promise.resolve([{ files: new Map([[path, 'second\n']]), message: `on ${String(base.commit)}` }]);
        },
      }),
    );
    assert.equal(planned, 2);
    assert.equal(temp.git('log', '-1', '--format=%s', 'HEAD^'), 'human');
    assert.equal(temp.git('rev-parse', 'HEAD'), written.commits[0]);
  });

  it('takes the last file of a folder away with the folder', async (t) => {
    const temp = tempRepository(t);
    const repository = await opened(t, temp);
    await repository.write(intent('first\n'));
    await repository.write(intent(null));
    assert.equal(existsSync(temp.at('deployments')), false);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.equal(temp.git('ls-tree', '-r', 'HEAD'), '');
  });

  it('works in a linked worktree and leaves the main one alone', async (t) => {
    const temp = tempRepository(t);
    temp.commitAll('first');
    temp.git('worktree', 'add', '--quiet', '-b', 'side', '../side');
    const repository = await opened(t, temp, '../side');
    await repository.write(intent('first\n'));
    assert.equal(temp.git('-C', '../side', 'status', '--porcelain'), '');
    assert.equal(temp.git('show', `side:${path}`), 'first');
    assert.equal(temp.git('rev-list', '--count', 'main'), '1');
    assert.equal(existsSync(temp.at('deployments')), false);
  });

  it('never moves a branch that is checked out in another worktree', async (t) => {
    const temp = tempRepository(t);
    temp.commitAll('first');
    temp.git('worktree', 'add', '--quiet', '-b', 'side', '../side');
    const target = { kind: 'branch', ref: 'refs/heads/side', create: false } as const;
    await assert.rejects((await opened(t, temp)).write(intent('x\n', { target })), { code: 'BRANCH_CHECKED_OUT' });
  });

  it('works in a SHA-256 repository', async (t) => {
    const temp = tempRepository(t, { objectFormat: 'sha256' });
    const repository = await opened(t, temp);
    const written = await repository.write(intent('first\n'));
    assert.equal(written.commits[0]?.length, 64);
    assert.equal(temp.git('status', '--porcelain'), '');
    const tree = await repository.at({ commit: written.commits[0] });
    assert.deepEqual(await tree.paths(), [path]);
    assert.equal(temp.git('fsck', '--strict'), '');
  });

  it('stores LF in a checkout that converts line endings', async (t) => {
    const temp = tempRepository(t);
    temp.git('config', 'core.autocrlf', 'true');
    const repository = await opened(t, temp);
    await repository.write(intent('first\n'));
    temp.git('rm', '--quiet', '--cached', path);
    temp.git('reset', '--quiet', '--hard');
    assert.equal(readFileSync(temp.at(path), 'utf8'), 'first\r\n');
    await repository.write(intent('second\n'));
    assert.equal(temp.git('cat-file', 'blob', `HEAD:${path}`), 'second');
    assert.equal(temp.git('status', '--porcelain'), '');
  });

  it('stores many texts in a folder whose name git would read as more than one line', async (t) => {
    const temp = tempRepository(t);
    cpSync(temp.path, temp.at('..', 'two "lines"\n\\here'), { recursive: true });
    const repository = await opened(t, temp, '../two "lines"\n\\here');
    const texts = ['first', 'second', 'third'];
    const plans = texts.map((text) => ({ files: new Map([[path, `${text}\n`]]), message: `state: ${text}\n` }));
    const { commits } = await repository.write(intent('', { plan: () => Promise.resolve(plans) }));
    const stored = commits.map((oid) => temp.git('-C', '../two "lines"\n\\here', 'show', `${oid}:${path}`));
    assert.deepEqual(stored, texts);
  });

  it('keeps a split index whole', async (t) => {
    const temp = tempRepository(t);
    temp.write('user.txt', 'x\n');
    temp.commitAll('first');
    temp.git('update-index', '--split-index');
    const repository = await opened(t, temp);
    await repository.write(intent('first\n'));
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.deepEqual(temp.git('ls-files').split('\n'), [path, 'user.txt']);
  });

  it('is signed when commits are to be signed', async (t) => {
    const temp = tempRepository(t);
    const key = temp.at('..', 'key');
    const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], { env: temp.env });
    if (made.status !== 0) {
      t.skip('ssh-keygen is not here');
      return;
    }
    temp.git('config', 'commit.gpgSign', 'true');
    temp.git('config', 'gpg.format', 'ssh');
    temp.git('config', 'user.signingKey', key);
    writeFileSync(`${key}.signers`, `deploy-bot@example.org ${readFileSync(`${key}.pub`, 'utf8')}`);
    temp.git('config', 'gpg.ssh.allowedSignersFile', `${key}.signers`);
    await (await opened(t, temp)).write(intent('first\n'));
    assert.equal(temp.git('log', '-1', '--format=%G? %GS'), 'G deploy-bot@example.org');
  });

  it('is refused whole when its signature cannot be made', async (t) => {
    const temp = tempRepository(t);
    const repository = await opened(t, temp);
    await repository.write(intent('first\n'));
    temp.git('config', 'commit.gpgSign', 'true');
    temp.git('config', 'gpg.format', 'ssh');
    temp.git('config', 'user.signingKey', temp.at('no-such-key'));
    const before = picture(temp);
    await assert.rejects(repository.write(intent('second\n')), { code: 'GIT_FAILED' });
    assert.deepEqual(picture(temp), before);
  });
});
