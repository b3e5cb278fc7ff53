import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escaped, shown } from '../../src/core/shown.js';

test('text is shown as one quoted line of ASCII, cut where it is long', () => {
  assert.equal(shown('Token'), '"Token"');
  assert.equal(shown('a"b\\c\nd\x1b\u202e'), '"a\\"b\\\\c\\nd\\u001b\\u202e"');
  assert.equal(shown('x'.repeat(300)).length, 105);
});

test('escaping loses nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.match(escaped(text), /^[\x20-\x7e]*$/);
      assert.equal(JSON.parse(`"${escaped(text)}"`), text);
    }),
  );
});
