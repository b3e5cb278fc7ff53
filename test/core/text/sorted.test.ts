import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import stableStringify from 'json-stable-stringify';
import type { Json } from '../../../src/core/json.js';
import { canonicalize } from '../../../src/core/text/canonical.js';
import { isSorted } from '../../../src/core/text/sorted.js';

describe('a value whose keys stand in order', () => {
  it('is told from one that objects list otherwise', () => {
    assert.ok(isSorted({ '1': 0, a: [{ b: null, c: '' }], b: {} }));
    for (const value of [{ b: 0, a: 0 }, [{ b: 0, a: 0 }], { '10': 0, '9': 0 }, [NaN]]) assert.ok(!isSorted(value));
  });

  it('has the text that the package gives, and so has one out of order', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const sorted = stableStringify(value, { space: 2, collapseEmpty: true });
        assert.equal(canonicalize(value as Json), `${String(sorted)}\n`);
        assert.equal(canonicalize(JSON.parse(String(sorted)) as Json), `${String(sorted)}\n`);
      }),
    );
  });
});
