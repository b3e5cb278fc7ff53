import assert from 'node:assert/strict';
import { it } from 'node:test';
import { shortened } from '../../../src/cli/text/shortened.js';

it('text is cut where it is too long, never within a character', () => {
  assert.equal(shortened('abc', 3), 'abc');
  assert.equal(shortened('abcd', 3), 'abc…');
  assert.equal(shortened('ab\u{1f600}d', 3), 'ab…');
});
