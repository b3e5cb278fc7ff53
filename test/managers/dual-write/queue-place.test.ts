import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { queuePlace } from '../../../src/managers/dual-write/queue-place.js';
import { temporaryFolder } from '../../support/leveldb-store.js';
import { tempRepository } from '../../support/temp-repository.js';

describe('the place of a repair queue', () => {
  it('is the git dir of the worktree: one for each pair, whichever is first', async (t) => {
    const temp = tempRepository(t);
    const file = await queuePlace(temp.path, ['leveldb', 'json'], temp.env);
    assert.equal(file, temp.at('.git', 'stateroot', 'dual-write', 'json+leveldb.jsonl'));
    assert.equal(await queuePlace(temp.path, ['json', 'leveldb'], temp.env), file);
    assert.notEqual(await queuePlace(temp.path, ['json', 'unified'], temp.env), file);
  });

  it('is one for each state root and for each worktree', async (t) => {
    const temp = tempRepository(t);
    temp.write('packages/a/stateroot.config.json', '{}\n');
    temp.write('packages/b/stateroot.config.json', '{}\n');
    temp.commitAll('Two roots');
    temp.git('worktree', 'add', '--quiet', '-b', 'other', temp.at('..', 'other'));
    const folders = ['.', 'packages/a', 'packages/b', '../other', '../other/packages/a'];
    const places = await Promise.all(folders.map((folder) => queuePlace(temp.at(folder), ['a', 'b'], temp.env)));
    assert.equal(new Set(places).size, folders.length);
  });

  it('is beside the LevelDB where there is no git', async (t) => {
    const cwd = temporaryFolder(t);
    assert.equal(await queuePlace(cwd, ['leveldb', 'json']), join(cwd, 'leveldb.dual-write', 'json+leveldb.jsonl'));
  });
});
