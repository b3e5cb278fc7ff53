import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../src/core/json.js';
import { tagBigints, untagBigints } from '../../../src/core/values/bigint.js';
import { StateManagerError } from '../../../src/errors.js';

describe('tagging bigints', () => {
  it('keeps data, tags native bigints and drops undefined members', () => {
    assert.deepEqual(tagBigints({ a: 10n ** 27n, b: undefined, c: [1, 'x', null, true, { d: -5n }] }), {
      a: { _type: 'bigint', _value: `1${'0'.repeat(27)}` },
      c: [1, 'x', null, true, { d: { _type: 'bigint', _value: '-5' } }],
    });
  });

  it('leaves tagged bigints and decimal text as they are', () => {
    const value = { a: { _type: 'bigint', _value: '5' }, b: '123456789012345678901234567890' };
    assert.deepEqual(tagBigints(value), value);
  });

  it('refuses whatever JSON would change in silence, naming the place', () => {
    const self: unknown[] = [];
    self.push(self);
    const refusedValues: unknown[] = [
      () => 1,
      Symbol('x'),
      NaN,
      Infinity,
      -0,
      2 ** 53,
      new Date(0),
      new Map(),
      new Set(),
      /x/,
      self,
      '\ud800',
      { '\ud800': 1 },
      [undefined],
      JSON.parse('{"__proto__":1}'),
      10n ** 1000n,
      new (class Record {
        x = 1;
      })(),
      new Uint8Array(2),
    ];
    for (const value of refusedValues) {
      assert.throws(
        () => tagBigints({ 'a/b': [value] }),
        (error) =>
          error instanceof StateManagerError &&
          error.code === 'BAD_INPUT' &&
          String(error.details['path']).startsWith('/a~1b/0'),
      );
    }
  });

  it('accepts one object in two places, and refuses nesting that no file may have', () => {
    const shared = { x: 1 };
    assert.deepEqual(tagBigints([shared, shared]), [{ x: 1 }, { x: 1 }]);
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    assert.throws(() => tagBigints(deep), StateManagerError);
  });

  it('is undone by untagging', () => {
    const leaf = fc.oneof(fc.bigInt(), fc.string(), fc.boolean(), fc.constant(null), fc.maxSafeInteger());
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value')),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('value'),
          { noNullPrototype: true },
        ),
      ),
    }));
    fc.assert(
      fc.property(value, (native) => {
        fc.pre(!Object.is(native, -0));
        assert.deepEqual(untagBigints(tagBigints(native)), native);
      }),
    );
  });

  it('untags only the exact form', () => {
    const values: Json[] = [
      { _type: 'bigint', _value: '01' },
      { _type: 'bigint', _value: '1', more: 0 },
      { _type: 'bigint' },
    ];
    for (const value of values) assert.deepEqual(untagBigints(value), value);
    assert.deepEqual(untagBigints([{ _type: 'bigint', _value: '-7' }]), [-7n]);
  });
});
