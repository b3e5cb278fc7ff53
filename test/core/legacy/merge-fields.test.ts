import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mergeFields } from '../../../src/core/legacy/merge-fields.js';

const there = {
  proxy: 'P',
  implementation: 'A',
  implementationHash: 'a',
  deploymentArgs: [1],
  timestamp: 1,
  artifact: 'x.sol:X',
  note: 'kept',
  checksum: 'old',
};

describe('what a source says about a record that is there', () => {
  it('replaces what it says and keeps what it does not know', () => {
    assert.deepEqual(mergeFields(there, { proxy: 'P', implementation: 'A', timestamp: 2 }), {
      proxy: 'P',
      implementation: 'A',
      implementationHash: 'a',
      deploymentArgs: [1],
      timestamp: 2,
      artifact: 'x.sol:X',
      note: 'kept',
    });
  });

  it('takes the hashes, arguments and time of an old implementation away with it', () => {
    assert.deepEqual(mergeFields(there, { proxy: 'P', implementation: 'B' }), {
      proxy: 'P',
      implementation: 'B',
      artifact: 'x.sol:X',
      note: 'kept',
    });
  });

  it('keeps the implementation when only the same proxy is known, and drops it with another proxy', () => {
    assert.equal(mergeFields(there, { proxy: 'P' })['implementation'], 'A');
    assert.equal(mergeFields(there, { proxy: 'Q' })['implementation'], undefined);
  });

  it('reads an address that is the known proxy as the proxy', () => {
    assert.deepEqual(mergeFields({ proxy: 'P', implementation: 'A' }, { implementation: 'P' }), {
      proxy: 'P',
      implementation: 'A',
    });
  });
});
