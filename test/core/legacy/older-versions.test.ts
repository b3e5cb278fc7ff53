import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type OlderCopy, olderVersions } from '../../../src/core/legacy/older-versions.js';

const key = Buffer.from('97-A');
const value = Buffer.from('{}');

describe('older versions', () => {
  it('come from the store itself first, then from copy after copy, of each its entries first', () => {
    const own = [{ key, value, sequence: 3, file: 'own.log' }];
    const superseded = [{ key, value: null, sequence: 9, file: '000002.ldb' }];
    const first = { path: 'one', content: { entries: [{ key, value, sequence: 10, file: '000001.log' }], superseded } };
    const second = { path: 'two', content: { entries: [{ key, value }], superseded: [] } };
    assert.deepEqual(
      olderVersions(own, [first, second]).map(({ file }) => file),
      ['own.log', 'one/000001.log', 'one/000002.ldb', 'two'],
    );
  });

  for (const [paths, names] of [
    [['/home/me/dumps/july'], ['july']],
    [
      ['../a/leveldb/', './b/leveldb'],
      ['a/leveldb', 'b/leveldb'],
    ],
    [
      ['C:\\old\\leveldb', '/new/leveldb'],
      ['old/leveldb', 'new/leveldb'],
    ],
    [
      ['/x/1/2/3/4', '/y/1/2/3/4'],
      ['2/3/4', '2/3/4'],
    ],
    [['../..'], ['']],
  ] as const) {
    it(`of ${paths.join(' and ')} are called by the last parts that tell them apart`, () => {
      const copies = paths.map((path): OlderCopy => ({ path, content: { entries: [{ key, value }], superseded: [] } }));
      assert.deepEqual(
        olderVersions([], copies).map(({ file }) => file),
        names,
      );
    });
  }
});
