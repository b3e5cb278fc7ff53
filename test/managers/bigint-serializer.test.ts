import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StateManagerError } from '../../src/errors.js';
import { BigIntSerializer } from '../../src/managers/bigint-serializer.js';
import { migrateDeploymentFormat } from '../../src/managers/json/deployment-format.js';
import { address } from '../support/arbitrary-state.js';

describe('BigIntSerializer', () => {
  const serializer = new BigIntSerializer();

  it('takes bigints through JSON and back, at every depth', () => {
    const args = [5n, '5', 5, [-1n, { cap: 2n ** 256n - 1n, constructor: [0n] }], null, true, {}];
    const text = JSON.stringify(serializer.serializeConstructorArgs(args));
    assert.deepEqual(serializer.deserializeConstructorArgs(JSON.parse(text) as unknown[]), args);
    assert.deepEqual(serializer.serializeConstructorArgs([7n]), [{ _type: 'bigint', _value: '7' }]);
  });

  it('takes one bigint to text and back', () => {
    assert.equal(serializer.serializeBigInt(1723456789123456789n), '1723456789123456789');
    assert.equal(serializer.deserializeBigInt('1723456789123456789'), 1723456789123456789n);
  });

  it('refuses what is no number, or would be lost', () => {
    const attempts = [
      () => serializer.deserializeBigInt(''),
      () => serializer.deserializeBigInt('1.5'),
      () => serializer.deserializeConstructorArgs([[{ _type: 'bigint', _value: 'x' }]]),
      () => serializer.serializeConstructorArgs([() => 1]),
    ];
    for (const attempt of attempts) assert.throws(attempt, (error) => codeOf(error) === 'BAD_INPUT');
  });
});

describe('migrateDeploymentFormat', () => {
  it('keys contracts by address, and leaves a v2 deployment as it is', () => {
    const v1 = {
      network: 'bsctestnet',
      chainId: 97,
      timestamp: '2025-07-23T11:00:00.000Z',
      contracts: { A: { proxy: address(1), implementation: address(2) } },
      supply: 5n,
    };
    const v2 = migrateDeploymentFormat(v1);
    assert.deepEqual(Object.keys(v2.contracts), [address(1)]);
    assert.equal(v2.version, '2.0.0');
    assert.deepEqual(v2['supply'], { _type: 'bigint', _value: '5' });
    assert.deepEqual(migrateDeploymentFormat(v2), v2);
  });

  it('refuses what is no deployment, and two contracts of one address', () => {
    const place = { network: 'bsctestnet', chainId: 97 };
    const both = { proxy: address(1), implementation: address(2) };
    const attempts = [
      [{ ...place, contracts: { A: both, B: both, C: both } }, 'ADDRESS_AMBIGUOUS'],
      [{ network: '', chainId: 97, contracts: {} }, 'BAD_INPUT'],
      [{ ...place, schemaVersion: '2.0.0', contracts: {} }, 'BAD_INPUT'],
    ] as const;
    for (const [deployment, code] of attempts) {
      assert.throws(
        () => migrateDeploymentFormat(deployment),
        (error) => codeOf(error) === code,
      );
    }
  });
});

function codeOf(error: unknown): string | null {
  return error instanceof StateManagerError ? error.code : null;
}
