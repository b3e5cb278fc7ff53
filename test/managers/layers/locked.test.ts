import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Scope, StoreChange } from '../../../src/managers/contract-store.js';
import { changeKey } from '../../../src/managers/contract-key.js';
import { locked } from '../../../src/managers/layers/locked.js';
import { sampleContract } from '../../support/contracts.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';
import { closedGate, settled, watched } from '../../support/watched-store.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };

function put(name: string, changes: object = {}): StoreChange {
  return { kind: 'put', scope, contract: sampleContract(name, 97, changes) };
}

/** A store whose writes wait, each for a gate of its own, and that tells which run. */
function gated() {
  const running: string[] = [];
  const gates: (() => void)[] = [];
  const inner = watched(memoryContracts(emptyPlace()), async (call) => {
    if (call.operation !== 'apply') return;
    const gate = closedGate();
    running.push(call.changes.map(changeKey).join());
    gates.push(gate.open);
    await gate.passed;
  });
  const openNext = async () => {
    gates.shift()?.();
    await settled();
  };
  return { ...inner, running, openNext };
}

describe('locks', () => {
  it('let writes of one contract in one after the other, in order, and others at once', async () => {
    const { store, running, openNext } = gated();
    const guarded = locked()(store);
    const writes = [put('A', { timestamp: 1 }), put('A', { timestamp: 2 }), put('B')].map((each) =>
      guarded.apply([each]),
    );
    await settled();
    assert.deepEqual(running, ['97-A', '97-B']);
    await openNext();
    assert.deepEqual(running, ['97-A', '97-B', '97-A']);
    await openNext();
    await openNext();
    await Promise.all(writes);
    assert.equal((await guarded.read(scope, 'A'))?.timestamp, 2);
  });

  it('do not hold back reads', async () => {
    const { store, openNext } = gated();
    const guarded = locked()(store);
    const write = guarded.apply([put('A')]);
    await settled();
    assert.equal(await guarded.read(scope, 'A'), null);
    assert.deepEqual(await guarded.list(), []);
    await openNext();
    await write;
  });

  it('of batches that name the same contracts the other way round never wait for each other', async () => {
    const { store, running, openNext } = gated();
    const guarded = locked()(store);
    const both = Promise.all([guarded.apply([put('A'), put('B')]), guarded.apply([put('B'), put('A'), put('B')])]);
    await settled();
    assert.deepEqual(running, ['97-A,97-B']);
    await openNext();
    await openNext();
    assert.equal((await both).length, 2);
  });

  it('refuse a write that waited too long, naming the contract; it is never made', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    const { store, running, openNext } = gated();
    const guarded = locked({ timeout: 100 })(store);
    const first = guarded.apply([put('A')]);
    await settled();
    const late = assert.rejects(guarded.apply([put('A0'), put('A')]), (error: { code: string; details: object }) => {
      assert.equal(error.code, 'BUSY');
      assert.deepEqual(error.details, { key: '97-A' });
      return true;
    });
    await settled();
    t.mock.timers.tick(101);
    await late;
    const other = guarded.apply([put('A0')]);
    await settled();
    await openNext();
    await openNext();
    await Promise.all([first, other]);
    assert.deepEqual(running, ['97-A', '97-A0']);
    const next = guarded.apply([put('A')]);
    await settled();
    await openNext();
    await next;
  });

  it('count their time-out over all contracts of a batch', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    const { store, openNext } = gated();
    const guarded = locked({ timeout: 100 })(store);
    const first = [guarded.apply([put('A')]), guarded.apply([put('B')])];
    await settled();
    let code = '';
    const batch = guarded.apply([put('A'), put('B')]).catch((error: unknown) => {
      code = (error as { code: string }).code;
    });
    await settled();
    t.mock.timers.tick(60);
    await openNext();
    t.mock.timers.tick(50);
    await settled();
    assert.equal(code, 'BUSY');
    await openNext();
    await Promise.all([...first, batch]);
  });

  it('are given back by a write that failed', async () => {
    const { store, count } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'apply' && count('apply') === 1) throw new Error('broken');
    });
    const guarded = locked()(store);
    await assert.rejects(guarded.apply([put('A')]), /broken/);
    assert.deepEqual(await guarded.apply([put('A')]), [true]);
  });

  it('close the store after the writes that wait for them', async () => {
    const { store, calls, openNext } = gated();
    const guarded = locked()(store);
    const writes = [guarded.apply([put('A', { timestamp: 1 })]), guarded.apply([put('A', { timestamp: 2 })])];
    const closed = guarded.close();
    await settled();
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ['apply'],
    );
    await openNext();
    await openNext();
    await Promise.all([...writes, closed]);
    assert.deepEqual(
      calls.map(({ operation }) => operation),
      ['apply', 'apply', 'close'],
    );
  });

  it('refuse a time-out that is none', () => {
    for (const timeout of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => locked({ timeout }), { code: 'BAD_USAGE' });
    }
  });
});
