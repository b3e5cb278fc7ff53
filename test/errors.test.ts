import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StateManagerError } from '../src/errors.js';

describe('StateManagerError', () => {
  it('takes the cause as third argument, as in the design documents', () => {
    const cause = new Error('the disk is gone');
    const error = new StateManagerError('LEVELDB_READ_ERROR', 'it could not be read', cause);
    assert.deepEqual(
      [error.name, error.code, error.message],
      ['StateManagerError', 'LEVELDB_READ_ERROR', 'it could not be read'],
    );
    assert.equal(error.cause, cause);
    assert.deepEqual([error.hint, error.details], [undefined, {}]);
  });

  it('takes hint, cause and details', () => {
    const cause = new Error('the disk is gone');
    const error = new StateManagerError('BUSY', 'wait', { hint: 'again', cause, details: { path: 'a' } });
    assert.deepEqual([error.hint, error.cause, error.details], ['again', cause, { path: 'a' }]);
  });

  it('has no cause where none is given', () => {
    assert.ok(!('cause' in new StateManagerError('BUSY', 'wait')));
    assert.ok(!('cause' in new StateManagerError('BUSY', 'wait', { hint: 'again' })));
  });
});
