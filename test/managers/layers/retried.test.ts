import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type ErrorCode, StateManagerError } from '../../../src/errors.js';
import type { StoreChange } from '../../../src/managers/contract-store.js';
import { retried } from '../../../src/managers/layers/retried.js';
import { sampleContract } from '../../support/contracts.js';
import { memoryContracts } from '../../support/memory-contracts.js';
import { settled, watched } from '../../support/watched-store.js';

const change: StoreChange = { kind: 'put', scope: { chainId: 97 }, contract: sampleContract('LookCoin', 97) };

/** Fails the first `times` calls of an operation. */
function failing(times: number, code: ErrorCode, details: Record<string, unknown> = {}) {
  let left = times;
  return watched(memoryContracts(), ({ operation }) => {
    if (operation === 'close' || left === 0) return;
    left -= 1;
    throw new StateManagerError(code, 'not now', { details });
  });
}

/** What a call came to while time passes as fast as anybody waits. */
async function outcome(t: TestContext, call: Promise<unknown>): Promise<string> {
  let said: string | undefined;
  const ended = call.then(
    () => (said = 'done'),
    (error: unknown) => (said = error instanceof StateManagerError ? error.code : 'bug'),
  );
  for (let turn = 0; turn < 50 && said === undefined; turn += 1) {
    await settled();
    t.mock.timers.tick(1000);
  }
  await ended;
  return said ?? 'nothing';
}

describe('retries', () => {
  for (const code of ['BUSY', 'RACED', 'LEVELDB_LOCKED'] as const) {
    it(`make reads and writes again after ${code}`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const reading = failing(2, code);
      assert.equal(await outcome(t, retried()(reading.store).read({ chainId: 97 }, 'LookCoin')), 'done');
      assert.equal(reading.count('read'), 3);
      const writing = failing(2, code);
      assert.equal(await outcome(t, retried()(writing.store).apply([change])), 'done');
      assert.equal(writing.count('apply'), 3);
    });
  }

  it('give up after their attempts, with what the store said last', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { store, count } = failing(99, 'BUSY');
    assert.equal(await outcome(t, retried({ attempts: 4 })(store).list()), 'BUSY');
    assert.equal(count('list'), 4);
  });

  it('of one attempt are none', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { store, count } = failing(1, 'BUSY');
    assert.equal(await outcome(t, retried({ attempts: 1 })(store).list()), 'BUSY');
    assert.equal(count('list'), 1);
  });

  it('wait between two attempts, and no longer than they may', async (t) => {
    const waits: number[] = [];
    t.mock.method(globalThis, 'setTimeout', ((done: () => void, wait: number) => {
      waits.push(wait);
      queueMicrotask(done);
    }) as typeof setTimeout);
    const { store } = failing(20, 'BUSY');
    await retried({ attempts: 21, initialDelay: 10, maxDelay: 70 })(store).list();
    assert.equal(waits.length, 20);
    assert.ok(
      waits.every((wait) => wait >= 0 && wait <= 70),
      waits.join(),
    );
    assert.ok(new Set(waits).size > 1, waits.join());
  });

  for (const code of ['FILE_FAILED', 'NOT_FOUND', 'CONFLICT', 'JSON_WRITE_ERROR'] as const) {
    it(`do not repeat ${code}`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const { store, count } = failing(1, code);
      assert.equal(await outcome(t, retried()(store).apply([change])), code);
      assert.equal(count('apply'), 1);
    });
  }

  it('do not repeat a bug', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { store, count } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'list') throw new TypeError('bug');
    });
    assert.equal(await outcome(t, retried()(store).list()), 'bug');
    assert.equal(count('list'), 1);
  });

  it('repeat a code that the caller names, of a write only when nothing was written', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const layer = retried({ codes: ['FILE_FAILED'] });
    assert.equal(await outcome(t, layer(failing(1, 'FILE_FAILED').store).list()), 'done');
    assert.equal(await outcome(t, layer(failing(1, 'FILE_FAILED').store).apply([change])), 'FILE_FAILED');
    const unwritten = failing(1, 'FILE_FAILED', { written: false });
    assert.equal(await outcome(t, layer(unwritten.store).apply([change])), 'done');
  });

  it('do not repeat a write that says it was made', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { store, count } = failing(1, 'BUSY', { written: true });
    assert.equal(await outcome(t, retried()(store).apply([change])), 'BUSY');
    assert.equal(count('apply'), 1);
  });

  it('close the store after the write that waits for its next attempt', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { store, calls } = failing(1, 'BUSY');
    const guarded = retried()(store);
    const write = guarded.apply([change]);
    const closed = guarded.close();
    assert.equal(await outcome(t, Promise.all([write, closed])), 'done');
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ['apply', 'apply', 'close'],
    );
  });

  it('refuse numbers that make no sense', () => {
    for (const options of [{ attempts: 0 }, { attempts: 1.5 }, { initialDelay: 0 }, { maxDelay: Number.NaN }]) {
      assert.throws(() => retried(options), { code: 'BAD_USAGE' });
    }
  });
});
