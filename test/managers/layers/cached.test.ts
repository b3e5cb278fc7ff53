import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { describe, it } from 'node:test';
import { LRUCache } from 'lru-cache';
import { StateManagerError } from '../../../src/errors.js';
import type { ContractStore, Scope, StoreChange } from '../../../src/managers/contract-store.js';
import { delegating } from '../../../src/managers/each-call.js';
import { cached } from '../../../src/managers/layers/cached.js';
import { addressOf, refuses, sampleContract } from '../../support/contracts.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';
import { closedGate, settled, watched } from '../../support/watched-store.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };

function put(name: string, changes: object = {}): StoreChange {
  return { kind: 'put', scope, contract: sampleContract(name, 97, changes) };
}

async function filled(...names: readonly string[]) {
  const place = emptyPlace();
  await memoryContracts(place).apply(names.map((name) => put(name)));
  return place;
}

function unversioned(store: ContractStore): ContractStore {
  return { ...delegating(store), version: () => Promise.resolve(null) };
}

describe('a cache', () => {
  it('reads once what nobody changed: a contract, a list, a chain, and what is not there', async () => {
    const { store, count } = watched(memoryContracts(await filled('LookCoin')));
    const cache = cached()(store);
    for (let round = 0; round < 3; round += 1) {
      assert.equal((await cache.read(scope, 'LookCoin'))?.contractName, 'LookCoin');
      assert.equal(await cache.read(scope, 'Nothing'), null);
      assert.equal((await cache.list(scope)).length, 1);
      assert.equal((await cache.list()).length, 1);
      assert.equal(await cache.chainOf('bsctestnet'), 97);
    }
    assert.deepEqual([count('read'), count('list'), count('chainOf')], [2, 2, 1]);
    assert.equal(cache.hitRate?.(), 10 / 15);
  });

  it('sees what another store over the same place wrote', async () => {
    const place = await filled('LookCoin');
    const cache = cached()(memoryContracts(place));
    assert.equal(await cache.read(scope, 'SupplyOracle'), null);
    await memoryContracts(place).apply([put('SupplyOracle'), put('LookCoin', { timestamp: 5 })]);
    assert.equal((await cache.read(scope, 'SupplyOracle'))?.contractName, 'SupplyOracle');
    assert.equal((await cache.read(scope, 'LookCoin'))?.timestamp, 5);
  });

  it('cannot be changed through what it answered', async () => {
    const cache = cached()(memoryContracts(await filled('LookCoin')));
    for (let round = 0; round < 3; round += 1) {
      const read = await cache.read(scope, 'LookCoin');
      const [listed] = await cache.list();
      assert.equal(read?.implementationHash, `0x${'cd'.repeat(32)}`);
      assert.equal(listed?.implementationHash, `0x${'cd'.repeat(32)}`);
      Object.assign(read, { implementationHash: 'poison' });
      Object.assign(listed, { implementationHash: 'poison' });
    }
  });

  it('is emptied by an own write, also by one that failed', async () => {
    let isBroken = false;
    const { store, count } = watched(unversioned(memoryContracts(await filled('LookCoin'))), ({ operation }) => {
      if (operation === 'apply' && isBroken) throw new StateManagerError('FILE_FAILED', 'no space');
    });
    const cache = cached()(store);
    await cache.read(scope, 'LookCoin');
    await cache.apply([put('LookCoin', { timestamp: 5 })]);
    assert.equal((await cache.read(scope, 'LookCoin'))?.timestamp, 5);
    isBroken = true;
    await refuses(['FILE_FAILED'], cache.apply([put('LookCoin', { timestamp: 6 })]));
    await cache.read(scope, 'LookCoin');
    assert.equal(count('read'), 3);
  });

  it('does not keep an answer that was on its way while a write was made', async () => {
    const gate = closedGate();
    const place = await filled('LookCoin');
    const inner = memoryContracts(place);
    const slow: ContractStore = {
      ...delegating(unversioned(inner)),
      read: async (...of) => {
        const answer = await inner.read(...of);
        await gate.passed;
        return answer;
      },
    };
    const cache = cached()(slow);
    const early = cache.read(scope, 'LookCoin');
    await settled();
    await cache.apply([put('LookCoin', { timestamp: 5 })]);
    gate.open();
    await early;
    assert.equal((await cache.read(scope, 'LookCoin'))?.timestamp, 5);
  });

  it('does not keep an answer during whose reading the version changed', async () => {
    const place = await filled('LookCoin');
    let version = 'a';
    const { store, count } = watched(
      {
        ...delegating(memoryContracts(place)),
        version: () => Promise.resolve(version),
      },
      ({ operation }) => {
        if (operation === 'read') version = 'b';
      },
    );
    const cache = cached()(store);
    await cache.read(scope, 'LookCoin');
    version = 'a';
    await cache.read(scope, 'LookCoin');
    assert.equal(count('read'), 2);
  });

  it('holds as many contracts as it may, those last asked for', async () => {
    const { store, count } = watched(memoryContracts(await filled('A', 'B', 'C')));
    const cache = cached({ maxEntries: 2 })(store);
    for (const name of ['A', 'B', 'A', 'C', 'A', 'B']) await cache.read(scope, name);
    assert.equal(count('read'), 4);
    await cache.list();
    await cache.list();
    assert.equal(count('list'), 2);
  });

  it('drops an entry that is not what was put in, and reads again', async (t) => {
    const { store, count } = watched(memoryContracts(await filled('LookCoin')));
    const cache = cached()(store);
    await cache.read(scope, 'LookCoin');
    const mocked = t.mock.method(
      LRUCache.prototype,
      'get',
      function (this: LRUCache<string, { sealed: { bytes: Buffer } }>, key: string) {
        const entry = this.peek(key);
        entry?.sealed.bytes.fill(0, 10, 20);
        return entry;
      },
    );
    assert.equal((await cache.read(scope, 'LookCoin'))?.contractName, 'LookCoin');
    mocked.mock.restore();
    assert.equal((await cache.read(scope, 'LookCoin'))?.contractName, 'LookCoin');
    assert.equal(count('read'), 2);
  });

  it('forgets one contract by its key or an address, with all lists, and everything when nothing is named', async () => {
    const { store, calls } = watched(unversioned(memoryContracts(await filled('A', 'B'))));
    const cache = cached()(store);
    const readAgain = async () => {
      calls.length = 0;
      await cache.read(scope, 'A');
      await cache.read(scope, 'B');
      return calls.flatMap((call) => (call.operation === 'read' ? [call.contractName] : []));
    };
    assert.deepEqual(await readAgain(), ['A', 'B']);
    assert.deepEqual(await readAgain(), []);
    cache.invalidate('97-A');
    assert.deepEqual(await readAgain(), ['A']);
    cache.invalidate(addressOf('proxy 97 B').toUpperCase());
    assert.deepEqual(await readAgain(), ['B']);
    cache.invalidate();
    assert.deepEqual(await readAgain(), ['A', 'B']);
  });

  it('forgets lists and what was not there when one contract is named', async () => {
    const { store, count } = watched(memoryContracts(await filled('A')));
    const cache = cached()(store);
    for (let round = 0; round < 2; round += 1) {
      await cache.list(scope);
      await cache.read(scope, 'New');
      cache.invalidate('97-New');
    }
    assert.deepEqual([count('list'), count('read')], [2, 2]);
  });

  it('never makes a read fail that the store can do', async () => {
    const { store } = watched(memoryContracts(await filled('LookCoin')), ({ operation }) => {
      if (operation === 'version') throw new StateManagerError('FILE_FAILED', 'no version');
    });
    const cache = cached()(store);
    assert.equal((await cache.read(scope, 'LookCoin'))?.contractName, 'LookCoin');
    assert.equal((await cache.list()).length, 1);
  });

  it('never answers for a read that failed', async () => {
    const { store, count } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'read') throw new StateManagerError('LEVELDB_READ_ERROR', 'broken');
    });
    const cache = cached()(store);
    await refuses(['LEVELDB_READ_ERROR'], cache.read(scope, 'LookCoin'));
    await refuses(['LEVELDB_READ_ERROR'], cache.read(scope, 'LookCoin'));
    assert.equal(count('read'), 2);
  });

  it('refuses sizes and times that are none', () => {
    for (const options of [{ maxEntries: 0 }, { maxEntries: 1.5 }, { ttl: 0 }, { ttl: Number.NaN }, { ttl: 2 ** 31 }]) {
      assert.throws(() => cached(options), { code: 'BAD_USAGE' });
    }
  });
});

describe('a cache around a store that cannot tell its version', () => {
  it('believes a contract for five minutes, or for its ttl', async (t) => {
    let now = 1000;
    t.mock.method(performance, 'now', () => now);
    for (const [options, ttl] of [
      [{}, 300_000],
      [{ ttl: 50 }, 50],
    ] as const) {
      const { store, count } = watched(unversioned(memoryContracts(await filled('LookCoin'))));
      const cache = cached(options)(store);
      await cache.read(scope, 'LookCoin');
      now += ttl - 1;
      await cache.read(scope, 'LookCoin');
      assert.equal(count('read'), 1);
      now += 2;
      await cache.read(scope, 'LookCoin');
      assert.equal(count('read'), 2);
    }
  });

  it('asks each time for what was not there, and for lists', async () => {
    const place = await filled('LookCoin');
    const cache = cached()(unversioned(memoryContracts(place)));
    assert.equal(await cache.read(scope, 'SupplyOracle'), null);
    assert.equal((await cache.list()).length, 1);
    assert.equal(await cache.chainOf('bscmainnet'), null);
    await memoryContracts(place).apply([put('SupplyOracle')]);
    assert.equal((await cache.read(scope, 'SupplyOracle'))?.contractName, 'SupplyOracle');
    assert.equal((await cache.list()).length, 2);
  });
});

describe('a warm cache', () => {
  it('has read everything when it is open', async () => {
    const { store, calls } = watched(memoryContracts(await filled('A', 'B')));
    const cache = cached({ warm: true })(store);
    await Promise.all([cache.open(), cache.open()]);
    calls.length = 0;
    await cache.read({ chainId: 97 }, 'A');
    await cache.read({ chainId: 97 }, 'B');
    await cache.list();
    await cache.list({ chainId: 97 });
    assert.deepEqual(
      calls.filter(({ operation }) => operation !== 'version'),
      [],
    );
  });

  it('opens a store that cannot be read', async () => {
    const { store } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'list') throw new StateManagerError('LEVELDB_READ_ERROR', 'broken');
    });
    const cache = cached({ warm: true })(store);
    await cache.open();
    await refuses(['LEVELDB_READ_ERROR'], cache.list());
  });
});
