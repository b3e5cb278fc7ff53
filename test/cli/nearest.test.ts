import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearest } from '../../src/cli/nearest.js';

const words = ['put', 'get', 'rollback', 'recover', 'validate'];

describe('the word someone meant', () => {
  it('is found behind a missing, an added, a wrong and a swapped letter', () => {
    assert.equal(nearest('rolback', words), 'rollback');
    assert.equal(nearest('validatee', words), 'validate');
    assert.equal(nearest('recower', words), 'recover');
    assert.equal(nearest('gte', words), 'get');
    assert.equal(nearest('PUT', words), 'put');
  });

  it('is nobody when none is close', () => {
    assert.equal(nearest('zzzzzz', words), null);
    assert.equal(nearest('', words), null);
  });
});
