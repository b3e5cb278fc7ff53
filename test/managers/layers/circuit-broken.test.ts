import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ErrorCode, StateManagerError } from '../../../src/errors.js';
import type { StoreChange } from '../../../src/managers/contract-store.js';
import { circuitBroken } from '../../../src/managers/layers/circuit-broken.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { memoryContracts } from '../../support/memory-contracts.js';
import { watched } from '../../support/watched-store.js';

const change: StoreChange = { kind: 'put', scope: { chainId: 97 }, contract: sampleContract('LookCoin', 97) };

function switched() {
  const state: { error: Error | null; operation: string } = { error: null, operation: 'read' };
  const inner = watched(memoryContracts(), ({ operation }) => {
    if (operation === state.operation && state.error !== null) throw state.error;
  });
  return { ...inner, state };
}

const failure = (code: ErrorCode) => new StateManagerError(code, 'disk gone');

describe('a circuit', () => {
  it('opens after failures in a row, and then refuses at once with the last as its cause', async (t) => {
    t.mock.timers.enable({ apis: ['Date'] });
    const { store, state, count } = switched();
    const guarded = circuitBroken({ failures: 3, halfOpenAfter: 1000 })(store);
    state.error = failure('LEVELDB_READ_ERROR');
    for (let time = 0; time < 3; time += 1) await refuses(['LEVELDB_READ_ERROR'], guarded.read({ chainId: 97 }, 'A'));
    await assert.rejects(guarded.read({ chainId: 97 }, 'A'), { code: 'BACKEND_UNAVAILABLE', cause: state.error });
    await refuses(['BACKEND_UNAVAILABLE'], guarded.list());
    assert.deepEqual([count('read'), count('list')], [3, 0]);
  });

  it('lets one call through after its time, and closes when that works', async (t) => {
    t.mock.timers.enable({ apis: ['Date'] });
    const { store, state, count } = switched();
    const guarded = circuitBroken({ failures: 1, halfOpenAfter: 1000 })(store);
    state.error = failure('FILE_FAILED');
    await refuses(['FILE_FAILED'], guarded.read({ chainId: 97 }, 'A'));
    t.mock.timers.tick(1001);
    await refuses(['FILE_FAILED'], guarded.read({ chainId: 97 }, 'A'));
    await refuses(['BACKEND_UNAVAILABLE'], guarded.read({ chainId: 97 }, 'A'));
    assert.equal(count('read'), 2);
    state.error = null;
    t.mock.timers.tick(1001);
    assert.equal(await guarded.read({ chainId: 97 }, 'A'), null);
    assert.equal(await guarded.read({ chainId: 97 }, 'A'), null);
  });

  it('counts only failures in a row', async () => {
    const { store, state } = switched();
    const guarded = circuitBroken({ failures: 2 })(store);
    for (let time = 0; time < 5; time += 1) {
      state.error = failure('FILE_FAILED');
      await refuses(['FILE_FAILED'], guarded.read({ chainId: 97 }, 'A'));
      state.error = null;
      assert.equal(await guarded.read({ chainId: 97 }, 'A'), null);
    }
  });

  for (const code of ['NOT_FOUND', 'BAD_INPUT', 'CHECKSUM_MISMATCH', 'CONFLICT'] as const) {
    it(`takes ${code} for an answer, not for a failure`, async () => {
      const { store, state } = switched();
      const guarded = circuitBroken({ failures: 1 })(store);
      state.error = failure(code);
      for (let time = 0; time < 3; time += 1) await refuses([code], guarded.read({ chainId: 97 }, 'A'));
    });
  }

  it('takes a bug of a plug-in for a failure', async () => {
    const { store, state } = switched();
    const guarded = circuitBroken({ failures: 1 })(store);
    state.error = new TypeError('bug');
    await assert.rejects(guarded.read({ chainId: 97 }, 'A'), TypeError);
    await refuses(['BACKEND_UNAVAILABLE'], guarded.read({ chainId: 97 }, 'A'));
  });

  it('of writes leaves reads alone, and reads do not hide that writes fail', async () => {
    const { store, state, count } = switched();
    const guarded = circuitBroken({ failures: 2 })(store);
    state.operation = 'apply';
    state.error = failure('JSON_WRITE_ERROR');
    for (let time = 0; time < 2; time += 1) {
      await refuses(['JSON_WRITE_ERROR'], guarded.apply([change]));
      assert.deepEqual(await guarded.list(), []);
    }
    await refuses(['BACKEND_UNAVAILABLE'], guarded.apply([change]));
    assert.deepEqual(await guarded.list(), []);
    assert.equal(count('apply'), 2);
  });

  it('always lets the store be closed, and its version be asked', async () => {
    const { store, state, count } = switched();
    const guarded = circuitBroken({ failures: 1 })(store);
    state.error = failure('FILE_FAILED');
    await refuses(['FILE_FAILED'], guarded.read({ chainId: 97 }, 'A'));
    assert.equal(await guarded.version(), '0');
    await guarded.close();
    assert.equal(count('close'), 1);
  });

  it('refuses numbers that make no sense', () => {
    assert.throws(() => circuitBroken({ failures: 0 }), { code: 'BAD_USAGE' });
    assert.throws(() => circuitBroken({ halfOpenAfter: -1 }), { code: 'BAD_USAGE' });
  });
});
