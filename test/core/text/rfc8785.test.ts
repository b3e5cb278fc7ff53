import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import serialize from 'canonicalize';
import fc from 'fast-check';
import type { Json } from '../../../src/core/json.js';
import { rfc8785 } from '../../../src/core/text/rfc8785.js';

describe('the RFC 8785 form', () => {
  it('is what the package gives, whether the keys stand in order already or not', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const sorted = String(serialize(value));
        assert.equal(rfc8785(value as Json), sorted);
        assert.equal(rfc8785(JSON.parse(sorted) as Json), sorted);
      }),
    );
  });

  it('sorts integer-like keys as text', () => {
    assert.equal(rfc8785({ '9': 1, '10': { b: [], a: {} } }), '{"10":{"a":{},"b":[]},"9":1}');
  });

  it('refuses half of a surrogate pair, in keys and in values, and keeps a text that only looks like one', () => {
    assert.throws(() => rfc8785(['\ud800']));
    assert.throws(() => rfc8785({ '\udfff': 1 }));
    assert.equal(rfc8785({ a: '\\ud800' }), '{"a":"\\\\ud800"}');
  });

  it('refuses numbers that JSON does not have', () => {
    for (const number of [NaN, Infinity, -Infinity]) assert.throws(() => rfc8785({ a: [number] }));
  });
});
