import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diffRange } from '../../src/commands/diff.js';
import { networkFilePath } from '../../src/core/layout.js';
import { StateManagerError } from '../../src/errors.js';
import { type Contract, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

function alpha(a: Contract): Record<string, string> {
  return stateFiles({ alpha: { chainId: 7, contracts: { A: a } } });
}

async function kinds(repository: MemoryRepository, range?: string): Promise<string[]> {
  const { networks } = await diffRange(repository, { range });
  return networks.flatMap(({ network, contracts }) => contracts.map(({ name, kind }) => `${kind} ${network}/${name}`));
}

describe('diff', () => {
  it('is HEAD against the work tree without a range', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    assert.deepEqual(await kinds(repository), []);
    repository.edit(alpha(proxied('A', 2)));
    const { base, head } = await diffRange(repository);
    assert.deepEqual([base, head], [await repository.resolve('HEAD'), 'worktree']);
    assert.deepEqual(await kinds(repository), ['upgrade alpha/A']);
  });

  it('before the first commit everything is new', async () => {
    const repository = memoryRepository();
    repository.edit(alpha(proxied('A')));
    assert.equal((await diffRange(repository)).base, null);
    assert.deepEqual(await kinds(repository), ['deploy alpha/A']);
  });

  it('takes commits, ranges with empty sides, and merge bases', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const base = await repository.resolve('HEAD');
    repository.point('side', base);
    repository.checkout('side');
    repository.commitFiles(stateFiles({ beta: { chainId: 8, contracts: { B: proxied('B') } } }));
    repository.checkout('main');
    repository.commitFiles(alpha(proxied('A', 2)));
    repository.edit(alpha(proxied('A', 3)));
    assert.deepEqual(await kinds(repository, 'side'), ['upgrade alpha/A', 'remove beta/B']);
    assert.deepEqual(await kinds(repository, 'main..side'), ['upgrade alpha/A', 'deploy beta/B']);
    assert.deepEqual(await kinds(repository, 'main...side'), ['deploy beta/B']);
    assert.deepEqual(await kinds(repository, 'side..'), ['upgrade alpha/A', 'remove beta/B']);
    assert.deepEqual(await kinds(repository, '..side'), ['upgrade alpha/A', 'deploy beta/B']);
    assert.deepEqual(await kinds(repository, 'HEAD~1..HEAD'), ['upgrade alpha/A']);
    assert.equal((await diffRange(repository, { range: 'main...side' })).base, base);
  });

  for (const range of ['gone', 'gone..HEAD', 'HEAD..gone', 'HEAD...gone']) {
    it(`${range} is refused`, async () => {
      await assert.rejects(diffRange(memoryRepository(alpha(proxied('A'))), { range }), hasCode('UNKNOWN_REVISION'));
    });
  }

  it('sides without a common commit have no merge base', async () => {
    const repository = memoryRepository(alpha(proxied('A')));
    const main = await repository.resolve('HEAD');
    repository.point('island', repository.commitFiles(alpha(proxied('A', 2)), { parents: [] }));
    repository.point('main', main);
    await assert.rejects(diffRange(repository, { range: 'main...island' }), hasCode('BAD_USAGE'));
    assert.deepEqual(await kinds(repository, 'main..island'), ['upgrade alpha/A']);
  });

  for (const side of ['base', 'head'] as const) {
    it(`a file that cannot be read on the ${side} side is an error and compared with nothing`, async () => {
      const path = networkFilePath('', 'alpha');
      const repository = memoryRepository(side === 'base' ? { [path]: '{' } : alpha(proxied('A')));
      repository.edit(side === 'base' ? alpha(proxied('A')) : { [path]: '{' });
      const { networks, findings } = await diffRange(repository);
      assert.deepEqual(networks, []);
      assert.deepEqual(
        findings.map(({ rule, severity, file }) => [rule, severity, file]),
        [['json-syntax', 'error', path]],
      );
    });
  }
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
