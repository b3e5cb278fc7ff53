import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blameRecord } from '../../src/commands/blame.js';
import { networkFilePath } from '../../src/core/layout.js';
import { type Contract, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

function alpha(a: Contract, b: Contract = proxied('B')): Record<string, string> {
  return stateFiles({ alpha: { chainId: 7, contracts: { A: a, B: b } } });
}

async function blame(repository: MemoryRepository, at?: string): Promise<Record<string, string | null>> {
  const fields = await blameRecord(repository, { network: 'alpha', name: 'A', at });
  return Object.fromEntries(fields.map(({ field, commit }) => [field, commit]));
}

describe('blame', () => {
  it('names the commit after which each field had its value', async () => {
    const repository = memoryRepository(alpha(proxied('A', 1, { deployedAt: 'x' })));
    const first = await repository.resolve('HEAD');
    const second = repository.commitFiles(alpha(proxied('A', 2, { deployedAt: 'x' })));
    repository.commitFiles(alpha(proxied('A', 2, { deployedAt: 'x' }), proxied('B', 2)));
    assert.deepEqual(await blame(repository), {
      proxy: first,
      implementation: second,
      implementationHash: second,
      timestamp: first,
      deployedAt: first,
    });
  });

  it('has fields in the order of the format, with who and when', async () => {
    const repository = memoryRepository();
    repository.commitFiles(alpha(proxied('A')), {
      author: 'Ann',
      email: 'ann@example.org',
      time: Date.UTC(2025, 8, 1),
    });
    const fields = await blameRecord(repository, { network: 'alpha', name: 'A' });
    assert.deepEqual(
      fields.map(({ field }) => field),
      ['proxy', 'implementation', 'implementationHash', 'timestamp'],
    );
    const [{ author, email, time } = { author: null, email: null, time: null }] = fields;
    assert.deepEqual([author, email, time], ['Ann', 'ann@example.org', '2025-09-01T00:00:00.000Z']);
  });

  it('a value that came back is set by the commit that brought it back', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const first = await repository.resolve('HEAD');
    repository.commitFiles(alpha(proxied('A', 2)));
    const back = repository.commitFiles(alpha(proxied('A')));
    assert.deepEqual(await blame(repository), {
      proxy: first,
      implementation: back,
      implementationHash: back,
      timestamp: first,
    });
  });

  it('an edit that is not committed belongs to no commit', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const first = await repository.resolve('HEAD');
    repository.edit(alpha(proxied('A', 2)));
    assert.deepEqual(await blame(repository), {
      proxy: first,
      implementation: null,
      implementationHash: null,
      timestamp: first,
    });
    assert.deepEqual(await blame(repository, 'HEAD'), {
      proxy: first,
      implementation: first,
      implementationHash: first,
      timestamp: first,
    });
  });

  it('before the first commit nothing is committed', async () => {
    const repository = memoryRepository();
    repository.edit(alpha(proxied('A')));
    assert.deepEqual(new Set(Object.values(await blame(repository))), new Set([null]));
  });

  it('goes through a merge to the side a value came from', async () => {
    const repository = memoryRepository(alpha(proxied('A', 1, { artifact: 'x', deployedAt: 'x' })));
    const base = await repository.resolve('HEAD');
    const ours = repository.commitFiles(alpha(proxied('A', 2, { artifact: 'x', deployedAt: 'x' })));
    const theirs = repository.commitFiles(alpha(proxied('A', 1, { artifact: 'theirs', deployedAt: 'x' })), {
      parents: [base],
    });
    const merge = repository.commitFiles(alpha(proxied('A', 2, { artifact: 'theirs', deployedAt: 'merge' })), {
      parents: [ours, theirs],
    });
    assert.deepEqual(await blame(repository), {
      proxy: base,
      implementation: ours,
      implementationHash: ours,
      timestamp: base,
      artifact: theirs,
      deployedAt: merge,
    });
  });

  it('a side that the merge did not take is not asked', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const base = await repository.resolve('HEAD');
    const ours = repository.commitFiles(alpha(proxied('A', 2), proxied('B', 'ours')));
    repository.commitFiles(alpha(proxied('A', 2)), { parents: [base] });
    const side = repository.commitFiles(alpha(proxied('A', 3)));
    repository.commitFiles(alpha(proxied('A', 2), proxied('B', 'merged')), { parents: [ours, side] });
    assert.equal((await blame(repository))['implementation'], ours);
  });

  it('steps over versions that cannot be read', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const first = await repository.resolve('HEAD');
    repository.commitFiles({ [networkFilePath('', 'alpha')]: '{' });
    const repaired = repository.commitFiles(alpha(proxied('A', 2)));
    assert.deepEqual(await blame(repository), {
      proxy: first,
      implementation: repaired,
      implementationHash: repaired,
      timestamp: first,
    });
  });
});
