import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Scope, StoreChange } from '../../../src/managers/contract-store.js';
import type { BackendMetrics } from '../../../src/managers/istate-manager.js';
import { cached } from '../../../src/managers/layers/cached.js';
import { measured } from '../../../src/managers/layers/measured.js';
import { StateManager } from '../../../src/managers/state-manager.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { memoryContracts } from '../../support/memory-contracts.js';
import { watched } from '../../support/watched-store.js';

const scope: Scope = { chainId: 97, network: 'bsctestnet' };
const put: StoreChange = { kind: 'put', scope, contract: sampleContract('LookCoin', 97) };

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'metrics-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('a measured store', () => {
  it('counts reads, writes and lists apart, and the hits of a cache below', async () => {
    const store = measured()(cached()(memoryContracts()));
    await store.apply([put]);
    await store.read(scope, 'LookCoin');
    await store.read(scope, 'LookCoin');
    await store.list();
    const { latencies, cacheHitRate, errorRate } = store.metrics();
    assert.deepEqual([latencies?.read.count, latencies?.write.count, latencies?.query.count], [2, 1, 1]);
    assert.equal(cacheHitRate, 1 / 3);
    assert.equal(errorRate, 0);
  });

  it('writes its metrics when it is closed, with every limit that does not hold, and leaves nothing else', async (t) => {
    const folder = await folderOf(t);
    const metricsFile = join(folder, 'metrics', 'run.json');
    const { store } = watched(memoryContracts(), ({ operation }) => {
      if (operation === 'list') throw new TypeError('bug');
    });
    const counting = measured({ metricsFile })(store);
    await assert.rejects(counting.list(), TypeError);
    await counting.close();
    const report = JSON.parse(await readFile(metricsFile, 'utf8')) as {
      backend: string;
      metrics: BackendMetrics;
      exceeded: { id: string }[];
    };
    assert.equal(report.backend, 'memory');
    assert.equal(report.metrics.errorRate, 1);
    assert.ok(report.exceeded.some(({ id }) => id === 'error-rate'));
    assert.deepEqual(await readdir(join(folder, 'metrics')), ['run.json']);
  });

  it('closes its store even when the metrics cannot be written', async (t) => {
    const folder = await folderOf(t);
    await writeFile(join(folder, 'taken'), '');
    const { store, count } = watched(memoryContracts());
    await refuses(['FILE_FAILED'], measured({ metricsFile: join(folder, 'taken', 'run.json') })(store).close());
    assert.equal(count('close'), 1);
  });

  it('shows its hit rate in the metrics of a manager too, and none without a cache', async () => {
    const manager = new StateManager({ network: null }, cached()(memoryContracts()));
    await manager.hasContract(97, 'LookCoin');
    await manager.hasContract(97, 'LookCoin');
    assert.equal((await manager.getMetrics()).cacheHitRate, 0.5);
    const bare = new StateManager({ network: null }, memoryContracts());
    await bare.hasContract(97, 'LookCoin');
    assert.equal('cacheHitRate' in (await bare.getMetrics()), false);
  });
});
