import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalize, firstDifference } from '../../../src/core/text/canonical.js';

describe('canonical text', () => {
  it('sorts integer-like keys as text and keeps U+007F and U+2028 literal', () => {
    const value = { b: {}, '9': [], '10': ['\u2028\u007f/\u0001\b'], a: { '2': 1, '11': 2 } };
    assert.equal(
      canonicalize(value),
      '{\n  "10": [\n    "\u2028\u007f/\\u0001\\b"\n  ],\n  "9": [],\n  "a": {\n    "11": 2,\n    "2": 1\n  },\n  "b": {}\n}\n',
    );
  });

  it('is not confused by members that look like methods', () => {
    assert.equal(canonicalize({ toJSON: 'x', '': '' }), '{\n  "": "",\n  "toJSON": "x"\n}\n');
  });

  it('differs first where the first UTF-16 unit differs', () => {
    assert.deepEqual(firstDifference('{}\n\n', '{}\n'), { line: 2, column: 1 });
    assert.deepEqual(firstDifference('{}', '{}\n'), { line: 1, column: 3 });
    assert.deepEqual(firstDifference('\uFEFF{}\n', '{}\n'), { line: 1, column: 1 });
    assert.deepEqual(firstDifference('{\r\n}', '{\n}'), { line: 1, column: 2 });
  });
});
