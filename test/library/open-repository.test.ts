import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type LibraryOptions, openRepository, put, type StateRepository, StateManagerError } from '../../src/index.js';
import { tempRepository, type TempRepository } from '../support/temp-repository.js';

const options = { target: { kind: 'head', allowDetached: false }, dryRun: false } as const;

function address(seed: number): string {
  return `0x${seed.toString(16).padStart(40, '0')}`;
}

function putOf(repository: StateRepository, name: string, seed: number) {
  return put(
    repository,
    { network: 'basesepolia', name, set: [{ path: 'implementation', value: address(seed) }] },
    options,
  );
}

/** Two clones of one remote. */
async function clones(
  t: TestContext,
  push: LibraryOptions['push'],
): Promise<[TempRepository, TempRepository, StateRepository]> {
  const [one, two] = [tempRepository(t), tempRepository(t)];
  const remote = one.at('..', 'remote.git');
  one.git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  one.commitAll('begin');
  for (const temp of [one, two]) temp.git('remote', 'add', 'origin', remote);
  one.git('push', '--quiet', '--set-upstream', 'origin', 'main');
  two.git('pull', '--quiet', '--set-upstream', 'origin', 'main');
  const repository = await openRepository(two.path, { env: two.env, ...(push === undefined ? {} : { push }) });
  t.after(() => repository.close());
  return [one, two, repository];
}

describe('a repository opened by the library', () => {
  it('with push: each has every write on the remote when it is acknowledged', async (t) => {
    const [one, two, repository] = await clones(t, 'each');
    const first = await putOf(repository, 'A', 1);
    assert.equal(one.git('ls-remote', 'origin', 'main').split('\t')[0], first.commit);
    one.git('commit', '--quiet', '--allow-empty', '--message=elsewhere');
    one.git('pull', '--quiet', '--rebase', 'origin', 'main');
    one.git('push', '--quiet', 'origin', 'main');
    const second = await putOf(repository, 'B', 2);
    assert.ok(second.commit);
    two.git('merge-base', '--is-ancestor', second.commit, 'origin/main');
    assert.equal(one.git('ls-remote', 'origin', 'main').split('\t')[0], two.git('rev-parse', 'HEAD'));
  });

  it('by default pushes nothing', async (t) => {
    const [one, , repository] = await clones(t, undefined);
    const before = one.git('ls-remote', 'origin', 'main');
    await putOf(repository, 'A', 1);
    assert.equal(one.git('ls-remote', 'origin', 'main'), before);
  });

  it('keeps the commit when the push fails, and says so', async (t) => {
    const [, two, repository] = await clones(t, 'each');
    two.git('remote', 'set-url', 'origin', two.at('..', 'gone.git'));
    await assert.rejects(putOf(repository, 'A', 1), (error) => {
      assert.ok(error instanceof StateManagerError);
      assert.equal(error.code, 'GIT_FAILED');
      assert.deepEqual(error.details['commits'], [two.git('rev-parse', 'HEAD')]);
      return true;
    });
    assert.equal(two.git('log', '-1', '--format=%s'), 'state(basesepolia): deploy A');
  });
});
