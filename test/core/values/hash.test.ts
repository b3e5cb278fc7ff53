import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashProblem, lowerHash } from '../../../src/core/values/hash.js';

describe('code hashes', () => {
  it('are 0x and 64 lower-case hex digits', () => {
    const hash = `0x${'ab'.repeat(32)}`;
    assert.equal(hashProblem(hash), null);
    assert.equal(hashProblem(`0x${'aB'.repeat(32)}`), 'hash-case');
    for (const value of ['', 'pending', null, 5, hash.slice(2), `${hash}0`, `0X${hash.slice(2)}`, `${hash}\n`]) {
      assert.equal(hashProblem(value), 'hash-format', String(value));
    }
    assert.equal(lowerHash(`0x${'AB'.repeat(32)}`), hash);
    assert.equal(lowerHash('PENDING'), 'PENDING');
  });
});
