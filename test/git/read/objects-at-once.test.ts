import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readObjectsAtOnce } from '../../../src/git/read/objects-at-once.js';
import { tempRepository } from '../../support/temp-repository.js';

describe('objects asked for together', () => {
  it('answer each name, however often and in whatever order, and null for what is not there', (t) => {
    const temp = tempRepository(t);
    temp.write('empty', '');
    temp.write('lines', 'one\n\ntwo');
    const commit = temp.commitAll('start');
    const names = [':lines', 'HEAD:nowhere', ':empty', ':lines', commit, `${commit}:lines`, ':a name', 'no\nname'];
    const read = readObjectsAtOnce(names, { cwd: temp.path, env: temp.env });
    const text = (name: string) => read.get(name)?.bytes.toString();
    assert.deepEqual([...read.keys()], [':lines', 'HEAD:nowhere', ':empty', commit, `${commit}:lines`, ':a name']);
    assert.deepEqual([':lines', ':empty', `${commit}:lines`].map(text), ['one\n\ntwo', '', 'one\n\ntwo']);
    assert.deepEqual([read.get('HEAD:nowhere'), read.get(':a name')], [null, null]);
    assert.deepEqual([read.get(commit)?.type, read.get(commit)?.oid], ['commit', commit]);
  });

  it('start no git for no name', (t) => {
    const temp = tempRepository(t);
    const options = { cwd: temp.path, env: { ...temp.env, PATH: '/nowhere' } };
    assert.equal(readObjectsAtOnce(['no\nname'], options).size, 0);
  });

  it('are refused when git breaks off', (t) => {
    const temp = tempRepository(t);
    temp.write('one', 'one');
    temp.git('add', '.');
    temp.write('../bin/git', '#!/bin/sh\nprintf "%s blob 100\\nshort" 5626abf0f72e58d7a153368ba57db4c673c0e171\n');
    chmodSync(temp.at('../bin/git'), 0o755);
    const options = { cwd: temp.path, env: { ...temp.env, PATH: `${temp.at('../bin')}:${temp.env['PATH'] ?? ''}` } };
    assert.throws(() => readObjectsAtOnce([':one'], options), { code: 'GIT_FAILED' });
  });
});
