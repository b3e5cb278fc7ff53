import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { openBranches } from '../../src/git/open-branches.js';
import { StateManagerError } from '../../src/errors.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const ref = 'refs/heads/state/migrate-1';

describe('removing a branch', () => {
  it('takes away the one that is at the commit, and does nothing where there is none', async (t) => {
    const { temp, branches, tip } = await prepared(t);
    const refs = temp.git('for-each-ref', 'refs/heads/main', 'refs/heads/other');
    await branches.remove(ref, tip);
    assert.equal(temp.git('for-each-ref', ref), '');
    await branches.remove(ref, tip);
    assert.equal(temp.git('for-each-ref', 'refs/heads/main', 'refs/heads/other'), refs);
  });

  it('takes away one that git has packed', async (t) => {
    const { temp, branches, tip } = await prepared(t);
    temp.git('pack-refs', '--all');
    await branches.remove(ref, tip);
    assert.equal(temp.git('for-each-ref', ref), '');
  });

  it('is RACED where the branch is at another commit, and leaves it there', async (t) => {
    const { temp, branches, tip } = await prepared(t);
    temp.git('commit', '--quiet', '--allow-empty', '-m', 'Another');
    const moved = temp.git('rev-parse', 'HEAD');
    temp.git('update-ref', ref, moved);
    await assert.rejects(branches.remove(ref, tip), isCode('RACED'));
    assert.equal(temp.git('rev-parse', ref), moved);
  });

  it('is refused where a worktree is on the branch, this one or a linked one', async (t) => {
    const { temp, branches, tip } = await prepared(t);
    temp.git('switch', '--quiet', 'state/migrate-1');
    await assert.rejects(branches.remove(ref, tip), isCode('BRANCH_CHECKED_OUT'));
    temp.git('switch', '--quiet', 'main');
    temp.git('worktree', 'add', '--quiet', temp.at('linked'), 'state/migrate-1');
    await assert.rejects(branches.remove(ref, tip), isCode('BRANCH_CHECKED_OUT'));
    assert.equal(temp.git('rev-parse', ref), tip);
  });

  it('fails, and says so, where git refuses', async (t) => {
    const { temp, branches, tip } = await prepared(t);
    temp.write('.git/refs/heads/state/migrate-1.lock', '');
    await assert.rejects(branches.remove(ref, tip), isCode('GIT_FAILED'));
    assert.equal(temp.git('rev-parse', ref), tip);
  });
});

async function prepared(t: TestContext) {
  const temp: TempRepository = tempRepository(t);
  temp.write('a', '1');
  temp.commitAll('Begin');
  const tip = temp.git('rev-parse', 'HEAD');
  temp.git('branch', 'other');
  temp.git('update-ref', ref, tip);
  return { temp, tip, branches: await openBranches(temp.path, { env: temp.env }) };
}

function isCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
