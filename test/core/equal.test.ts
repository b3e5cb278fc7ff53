import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareText, equalJson } from '../../src/core/equal.js';
import type { Json } from '../../src/core/json.js';

test('members may stand in any order, items may not', () => {
  assert.equal(equalJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }), true);
  assert.equal(equalJson([1, 2], [2, 1]), false);
  assert.equal(equalJson({ a: 1 }, { a: 1, b: 2 }), false);
  assert.equal(equalJson({}, []), false);
  assert.equal(equalJson(null, undefined), false);
  assert.equal(equalJson(0, '0'), false);
  assert.equal(equalJson({ toString: null }, { valueOf: null }), false);
  assert.equal(equalJson({ constructor: 1 }, { a: 1 }), false);
});

test('a value equals its copy, and only a value with the same canonical members', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(equalJson(value as Json, JSON.parse(JSON.stringify(value)) as Json), true);
      assert.equal(equalJson(value as Json, [value as Json]), false);
    }),
  );
});

test('text is compared by UTF-16 code unit', () => {
  assert.deepEqual(['b', 'a', '10', '9', 'ä', '\u{1f600}', '\uffff'].sort(compareText), [
    '10',
    '9',
    'a',
    'b',
    'ä',
    '\u{1f600}',
    '\uffff',
  ]);
});
