import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { keyBytes, keyText } from '../../../src/core/legacy/key-text.js';

describe('the text of a database key', () => {
  it('is the key itself where it is UTF-8, backslashes included', () => {
    assert.equal(keyText(Buffer.from('97-a/b.sol:C\\d é')), '97-a/b.sol:C\\d é');
  });

  it('shows bytes that are no UTF-8 as escapes', () => {
    assert.equal(keyText(Uint8Array.of(0x61, 0xff, 0x0a)), 'a\\xff\\x0a');
  });

  it('gives back the exact bytes of any key, and different texts for different keys', () => {
    const key = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .string({ unit: fc.constantFrom('\\', 'x', 'f', '5', 'c', 'é', '\\xff', '\\x5c') })
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(key, (bytes) => {
        assert.deepEqual(Buffer.from(keyBytes(keyText(bytes))), Buffer.from(bytes));
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});
