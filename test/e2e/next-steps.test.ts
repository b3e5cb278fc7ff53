import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stateroot, statejson } from '../support/command-line.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { tempRepository } from '../support/temp-repository.js';

describe('what to do next', () => {
  it('after an import onto a branch without commits is not to merge that branch into itself', async (t) => {
    const temp = tempRepository(t);
    await makeStore(temp.at('leveldb'), entriesOf({ '97-Token': contractValue('Token', 97) }));
    const here = stateroot(temp, ['import', 'leveldb', 'leveldb', '--here']);
    assert.deepEqual([here.code, /git merge/.test(here.stderr)], [0, false], here.stderr);
    const elsewhere = tempRepository(t);
    const apart = stateroot(elsewhere, ['import', 'leveldb', temp.at('leveldb')]);
    assert.match(apart.stderr, /Next: git merge state\/import-leveldb-/);
  });

  it('after a date before the first commit is no date like that one', (t) => {
    const temp = tempRepository(t);
    temp.commitAll('Begin');
    const { code, error } = statejson(temp, ['list', '--at', '2001-01-01']);
    assert.deepEqual([code, error?.code], [2, 'UNKNOWN_REVISION']);
    assert.match(error?.hint ?? '', /git log --format=%cs/);
  });

  it('after an empty batch is to look at it: no record was asked for', (t) => {
    const temp = tempRepository(t);
    temp.commitAll('Begin');
    temp.write('batch.json', '{"put":[]}');
    const { code, stderr } = stateroot(temp, ['apply', 'batch.json']);
    assert.equal(code, 0);
    assert.match(stderr, /names no record/);
  });
});
