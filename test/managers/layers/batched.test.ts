import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { changeKey } from '../../../src/managers/contract-key.js';
import type { Scope, StoreChange } from '../../../src/managers/contract-store.js';
import { batched } from '../../../src/managers/layers/batched.js';
import { OptimizedJSONManager } from '../../../src/managers/optimized-json-manager.js';
import { StateManagerError } from '../../../src/errors.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { temporaryFolder } from '../../support/leveldb-store.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';
import { watched } from '../../support/watched-store.js';
import { contractStoreSuite } from '../contract-store-suite.js';
import { stateManagerSuite } from '../state-manager-suite.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };
const put = (name: string): StoreChange => ({ kind: 'put', scope, contract: sampleContract(name, 97) });
// Longer than any test: only flush and close write then.
const never = { delay: 10 * 60 * 1000 };

contractStoreSuite('batched memory', async () => {
  const place = emptyPlace();
  const open = () => batched({ delay: 1 })(memoryContracts(place));
  return Promise.resolve({ store: open(), reopen: async () => Promise.resolve(open()) });
});

stateManagerSuite('optimized JSON', async (t) => {
  const cwd = temporaryFolder(t);
  return Promise.resolve((network, options) => new OptimizedJSONManager(network, { cwd, delay: 1, ...options }));
});

describe('a batch', () => {
  it('is one write of the store, each resolved when it is made and not before', async () => {
    const inner = watched(memoryContracts());
    const store = batched({ delay: 1 })(inner.store);
    const writes = ['A', 'B'].map((name) => store.apply([put(name)]));
    assert.equal(inner.count('apply'), 0);
    assert.deepEqual(await Promise.all([...writes, store.apply([put('A'), put('C')])]), [
      [true],
      [true],
      [false, true],
    ]);
    assert.deepEqual(
      inner.calls.map((call) => (call.operation === 'apply' ? call.changes.map(changeKey) : [])),
      [['97-A', '97-B', '97-A', '97-C']],
    );
  });

  it('keeps what comes while it is written for the next one', async () => {
    const inner = watched(memoryContracts());
    const store = batched(never)(inner.store);
    const first = store.apply([put('A')]);
    const flushed = store.flush();
    const second = store.apply([put('B')]);
    await flushed;
    assert.deepEqual([await first, inner.count('apply')], [[true], 1]);
    await store.flush();
    assert.deepEqual([await second, inner.count('apply')], [[true], 2]);
  });

  it('that the store refuses is made one by one, so that only what is wrong is refused', async () => {
    const store = batched({ delay: 1 })(memoryContracts());
    const wrong: StoreChange = {
      kind: 'put',
      scope,
      contract: sampleContract('Bad', 97, { deploymentArgs: [() => 1] }),
    };
    const [good, bad, other] = [store.apply([put('A')]), store.apply([wrong]), store.apply([put('B')])];
    await refuses(['BAD_INPUT'], bad);
    assert.deepEqual([await good, await other, (await store.list()).length], [[true], [true], 2]);
  });

  it('is not tried again where the store failed', async () => {
    const inner = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'apply') throw new StateManagerError('FILE_FAILED', 'full');
    });
    const store = batched({ delay: 1 })(inner.store);
    const writes = ['A', 'B'].map((name) => refuses(['FILE_FAILED'], store.apply([put(name)])));
    await Promise.all(writes);
    assert.equal(inner.count('apply'), 1);
  });

  it('is written by flushWrites and by close, as one file', async (t) => {
    const cwd = temporaryFolder(t);
    const names = () =>
      Object.keys(
        (JSON.parse(readFileSync(join(cwd, 'deployments', 'bsctestnet.json'), 'utf8')) as { contracts: object })
          .contracts,
      );
    const manager = new OptimizedJSONManager('bsctestnet', { cwd, ...never });
    // The manager looks up its chain before the write comes to where flushWrites finds it.
    const flushing = setInterval(() => void manager.flushWrites(), 1);
    t.after(() => {
      clearInterval(flushing);
    });
    await manager.putContract(97, sampleContract('A', 97));
    assert.deepEqual(names(), ['A']);
    const store = batched(never)(memoryContracts());
    const last = store.apply([put('B')]);
    await store.close();
    assert.deepEqual(await last, [true]);
  });
});
