import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { hugeInteger, numberProblem } from '../../../src/core/text/number.js';

describe('numbers', () => {
  it('are kept when their decimal value is that of the ECMAScript number', () => {
    for (const token of ['0', '1.0', '1e3', '0.10', '1e-7', '0e999999999999', '100e-2', '5e-324', '9007199254740991']) {
      assert.equal(numberProblem(token), null, token);
    }
    assert.equal(numberProblem(`1${'0'.repeat(5000)}e-5000`), null);
  });

  it('are refused when anything would be lost', () => {
    const lost = [
      '-0',
      '-0.0',
      '1e21',
      '1e-400',
      '9007199254740993',
      '0.1000000000000000055511151231257827',
      '1e999999999999',
    ];
    for (const token of lost) assert.notEqual(numberProblem(token), null, token);
  });

  it('agree with exact integer arithmetic', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), (value) => {
        const safe = value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER);
        assert.equal(numberProblem(String(value)) === null, safe);
        assert.equal(hugeInteger(String(value)), safe ? null : String(value));
      }),
    );
  });

  it('survive every spelling of a double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -9e15, max: 9e15 }), (value) => {
        fc.pre(!Object.is(value, -0));
        assert.equal(numberProblem(String(value)), null);
        assert.equal(numberProblem(value.toExponential()), null);
      }),
    );
  });
});
