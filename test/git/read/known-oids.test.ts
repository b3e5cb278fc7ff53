import assert from 'node:assert/strict';
import { chmodSync, readFileSync, renameSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import { networkFilePath } from '../../../src/core/layout.js';
import { openRepository } from '../../../src/git/open-repository.js';
import type { Place } from '../../../src/ports/state-repository.js';
import { type TempRepository, tempRepository } from '../../support/temp-repository.js';

const path = networkFilePath('', 'alpha');

function repository(t: TestContext): TempRepository {
  const temp = tempRepository(t);
  temp.write(path, '{"a":1}\n');
  temp.commitAll('Start');
  return temp;
}

async function oidOf(t: TestContext, temp: TempRepository, place: Place = 'worktree', env = temp.env) {
  const opened = await openRepository(temp.path, { env });
  t.after(() => opened.close());
  return (await opened.oids(place)).get(path);
}

describe('what git knows of a file in the work tree', () => {
  it('is the blob of the index while the file is untouched', async (t) => {
    const temp = repository(t);
    assert.equal(await oidOf(t, temp), temp.git('rev-parse', `HEAD:${path}`));
  });

  const edits: readonly [string, (temp: TempRepository) => void][] = [
    [
      'an edit',
      (temp) => {
        temp.write(path, '{"a":22}\n');
      },
    ],
    [
      'an edit of the same length',
      (temp) => {
        temp.write(path, '{"a":2}\n');
      },
    ],
    [
      'an edit that git was told to assume away',
      (temp) => {
        temp.git('update-index', '--assume-unchanged', path);
        temp.write(path, '{"a":22}\n');
      },
    ],
    [
      'an edit of a file git was told to skip',
      (temp) => {
        temp.git('update-index', '--skip-worktree', path);
        temp.write(path, '{"a":22}\n');
      },
    ],
    [
      'a link in its place',
      (temp) => {
        renameSync(temp.at(path), temp.at('moved.json'));
        symlinkSync('../../moved.json', temp.at(path));
      },
    ],
    [
      'another mode',
      (temp) => {
        chmodSync(temp.at(path), 0o755);
      },
    ],
    [
      'a file git does not know',
      (temp) => {
        temp.git('rm', '--quiet', '--cached', path);
      },
    ],
  ];
  for (const [what, edit] of edits) {
    it(`is nothing after ${what}`, async (t) => {
      const temp = repository(t);
      edit(temp);
      assert.equal(await oidOf(t, temp), null);
    });
  }

  it('is nothing for an edit that kept size and time, where the index was written in the same moment', async (t) => {
    const temp = tempRepository(t);
    temp.write(path, '{"a":1}\n');
    temp.git('add', '--all');
    const { atime, mtime } = statSync(temp.at(path));
    temp.write(path, '{"a":2}\n');
    utimesSync(temp.at(path), atime, mtime);
    utimesSync(temp.at('.git/index'), mtime, mtime);
    temp.git('config', 'core.trustctime', 'false');
    assert.equal(await oidOf(t, temp), null);
    assert.equal(readFileSync(temp.at(path), 'utf8'), '{"a":2}\n');
  });

  it('is nothing where there is no git program', async (t) => {
    const temp = repository(t);
    assert.equal(await oidOf(t, temp, 'worktree', { ...temp.env, PATH: '/nowhere' }), null);
  });

  it('is refused of an index in conflict, and known of the work tree', async (t) => {
    const temp = repository(t);
    temp.git('switch', '--quiet', '--create', 'side');
    temp.write(path, '{"a":2}\n');
    temp.commitAll('Theirs');
    temp.git('switch', '--quiet', 'main');
    temp.write(path, '{"a":3}\n');
    temp.commitAll('Ours');
    assert.throws(() => temp.git('merge', 'side'));
    await assert.rejects(oidOf(t, temp, 'index'), { code: 'CONFLICT' });
    assert.equal(await oidOf(t, temp), null);
  });

  it('is nothing for a submodule in its place, in a commit and in the index', async (t) => {
    const temp = repository(t);
    const commit = temp.git('rev-parse', 'HEAD');
    temp.git('update-index', '--cacheinfo', `160000,${commit},${path}`);
    temp.git('commit', '--quiet', '--message=Submodule');
    assert.equal(await oidOf(t, temp, 'index'), null);
    assert.equal(await oidOf(t, temp, { commit: temp.git('rev-parse', 'HEAD') }), null);
  });
});
