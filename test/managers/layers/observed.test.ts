import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { observed } from '../../../src/managers/layers/observed.js';
import { sampleContract } from '../../support/contracts.js';
import { failingContracts, noFailures } from '../../support/failing-contracts.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';
import { contractStoreSuite } from '../contract-store-suite.js';

const scope = { chainId: 97, network: 'bsctestnet' };
const put = { kind: 'put', scope, contract: sampleContract('A', 97) } as const;

contractStoreSuite('observed', async () => {
  const place = emptyPlace();
  const open = () => observed({ onBefore: () => undefined })(memoryContracts(place));
  return Promise.resolve({ store: open(), reopen: () => Promise.resolve(open()) });
});

describe('hooks around a store', () => {
  it('are called before and after each operation, with what it was and how it ended', async () => {
    const seen: unknown[] = [];
    const failures = { ...noFailures(), at: 1 };
    const store = observed({
      onBefore: ({ operation }) => {
        seen.push(`before ${operation}`);
      },
      onAfter: async ({ operation }, ended) => {
        await Promise.resolve();
        seen.push([operation, ended.ok ? ended.result : 'failed', ended.milliseconds >= 0]);
      },
    })(failingContracts(memoryContracts(), failures));
    await store.apply([put]);
    await assert.rejects(store.read(scope, 'A'), { code: 'BACKEND_UNAVAILABLE' });
    assert.deepEqual(seen, ['before apply', ['apply', [true], true], 'before read', ['read', 'failed', true]]);
  });

  it('refuse an operation before it is made', async () => {
    const inner = memoryContracts();
    const refusal = new Error('frozen');
    const store = observed({ onBefore: () => Promise.reject(refusal) })(inner);
    await assert.rejects(store.apply([put]), refusal);
    assert.deepEqual(await inner.list(), []);
  });

  it('that fail afterwards reach the caller, and what was done is done', async () => {
    const inner = memoryContracts();
    const store = observed({ onAfter: () => Promise.reject(new Error('no metrics')) })(inner);
    await assert.rejects(store.apply([put]), /no metrics/);
    assert.equal((await inner.list()).length, 1);
  });
});
