import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { StateManagerError } from '../../../src/errors.js';
import type { ContractStore, StoreChange } from '../../../src/managers/contract-store.js';
import { followMigration } from '../../../src/managers/factory/follow-migration.js';
import { cached } from '../../../src/managers/layers/cached.js';
import { sampleContract } from '../../support/contracts.js';
import { memoryContracts } from '../../support/memory-contracts.js';

const scope = { chainId: 97 };
const change: StoreChange = { kind: 'put', scope, contract: sampleContract('LookCoin', 97) };

describe('a store that follows the migration of its clone', () => {
  it('gives a write to both sides when the migration moves on while it is made', async () => {
    const { store, old, now, sides } = outside({
      async apply(changes, inner) {
        const changed = await inner.apply(changes);
        sides.side = 'after';
        return changed;
      },
    });
    assert.deepEqual(await store.apply([change]), [true]);
    for (const each of [old, now]) assert.equal((await each.read(scope, 'LookCoin'))?.contractName, 'LookCoin');
  });

  it('makes a write that the side of before refuses on the one of now; its refusal stands where nothing moved', async () => {
    let next = 'before';
    const { store, now, sides } = outside({
      apply() {
        sides.side = next;
        return Promise.reject(new StateManagerError('LEVELDB_WRITE_ERROR', 'gone', { hint: 'none' }));
      },
    });
    await assert.rejects(store.apply([change]), { code: 'LEVELDB_WRITE_ERROR' });
    assert.equal(await now.read(scope, 'LookCoin'), null);
    next = 'after';
    assert.deepEqual(await store.apply([change]), [true]);
    assert.equal((await now.read(scope, 'LookCoin'))?.contractName, 'LookCoin');
  });

  it('opens each side once, and answers nothing that a cache knows of the side of before', async () => {
    const { store: plain, now, sides } = outside({});
    const store = cached()(plain);
    assert.equal(await store.read(scope, 'LookCoin'), null);
    await now.apply([change]);
    sides.side = 'after';
    const read = await Promise.all([store.read(scope, 'LookCoin'), store.list(scope), store.chainOf('bsctestnet')]);
    assert.equal(read[0]?.contractName, 'LookCoin');
    assert.equal(sides.opened, 1);
  });

  it('closes both sides', async () => {
    const closed: string[] = [];
    const sides = { side: 'before' };
    const of = (name: string): ContractStore => ({
      ...memoryContracts(),
      close() {
        closed.push(name);
        return Promise.resolve();
      },
    });
    const store = followMigration(
      { store: of('before'), side: 'before' },
      () => Promise.resolve(sides.side),
      () => Promise.resolve({ store: of('after'), side: 'after' }),
    );
    sides.side = 'after';
    await store.list();
    await store.close();
    assert.deepEqual(closed.sort(), ['after', 'before']);
  });
});

function outside(change: {
  apply?: (changes: readonly StoreChange[], inner: ContractStore) => Promise<readonly boolean[]>;
}) {
  const [old, now] = [memoryContracts(), memoryContracts()];
  const { apply = (changes: readonly StoreChange[]) => old.apply(changes) } = change;
  const sides = { side: 'before', opened: 0 };
  const store = followMigration(
    { store: { ...old, apply: (changes) => apply(changes, old) }, side: 'before' },
    () => Promise.resolve(sides.side),
    () => {
      sides.opened += 1;
      return Promise.resolve({ store: now, side: 'after' });
    },
  );
  return { store, old, now, sides };
}
