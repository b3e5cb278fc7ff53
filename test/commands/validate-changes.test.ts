import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { validateChanges } from '../../src/commands/validate-changes.js';
import { networkFilePath } from '../../src/core/layout.js';
import type { Scope } from '../../src/ports/state-changes.js';
import { address, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

const alpha = networkFilePath('', 'alpha');
const beta = networkFilePath('', 'beta');
const files = stateFiles({
  alpha: { chainId: 7, contracts: { Token: proxied('Token') } },
  beta: { chainId: 8, contracts: { Token: proxied('Token') } },
});
const good = files[alpha] ?? '';
const tampered = good.replace(address('Token 1'), address('evil'));
const unsealed =
  stateFiles({ alpha: { chainId: 7, contracts: { Token: { ...proxied('Token'), sealed: false } } } })[alpha] ?? '';
const newer = stateFiles({ alpha: { chainId: 7, contracts: { Token: proxied('Token', 2) } } })[alpha] ?? '';

async function rules(repository: MemoryRepository, scope: Scope): Promise<string[]> {
  const { findings } = await validateChanges(repository.changed.changes(scope));
  return findings.map(({ file, rule }) => `${file === alpha ? 'alpha' : file === beta ? 'beta' : file} ${rule}`);
}

async function since(repository: MemoryRepository, known: string): Promise<Scope> {
  return { tips: [await repository.resolve('HEAD')], known: { commits: [known] } };
}

describe('validateChanges', () => {
  it('judges only what the index changes', async () => {
    const repository = memoryRepository({ ...files, [alpha]: tampered });
    assert.deepEqual(await rules(repository, 'index'), []);
    repository.edit({ [beta]: '{}' });
    repository.stage(beta);
    const { commits } = await validateChanges(repository.changed.changes('index'));
    assert.deepEqual(
      commits.map(({ commit, files: judged }) => [commit, judged]),
      [[null, [beta]]],
    );
    assert.ok((await rules(repository, 'index')).includes('beta schema-version'));
  });

  it('follows a network to its new name: its records keep their checksums', async () => {
    const gamma = networkFilePath('', 'gamma');
    const renamed = (sealed: boolean) =>
      stateFiles({ gamma: { chainId: 7, contracts: { Token: { ...proxied('Token'), sealed } } } })[gamma] ?? '';
    const repository = memoryRepository(files);
    const head = await repository.resolve('HEAD');
    repository.edit({ [alpha]: null, [gamma]: renamed(false) });
    repository.stage(alpha, gamma);
    assert.deepEqual(await rules(repository, 'index'), [`${gamma} checksum-missing`, `${gamma} checksum-lost`]);
    repository.commitFiles({ [alpha]: null, [gamma]: renamed(false) });
    assert.ok((await rules(repository, await since(repository, head))).includes(`${gamma} checksum-lost`));
    const honest = memoryRepository(files);
    honest.edit({ [alpha]: null, [gamma]: renamed(true) });
    honest.stage(alpha, gamma);
    assert.deepEqual(await rules(honest, 'index'), []);
    // Another network of that name is another: nothing of it was sealed before.
    const other = memoryRepository(files);
    other.edit({ [beta]: null, [gamma]: renamed(false) });
    other.stage(beta, gamma);
    assert.deepEqual(await rules(other, 'index'), [`${gamma} checksum-missing`]);
  });

  it('takes every staged file for new before the first commit', async () => {
    const repository = memoryRepository();
    repository.edit({ [alpha]: tampered });
    repository.stage(alpha);
    assert.deepEqual(await rules(repository, 'index'), ['alpha checksum-mismatch']);
  });

  it('judges every commit, also one that a later one repairs, and names it', async () => {
    const repository = memoryRepository(files);
    const start = await repository.resolve('HEAD');
    const bad = repository.commitFiles({ [alpha]: tampered });
    repository.commitFiles({ [alpha]: good });
    const { findings, commits } = await validateChanges(repository.changed.changes(await since(repository, start)));
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['checksum-mismatch'],
    );
    assert.ok(findings[0]?.message.includes(bad.slice(0, 12)));
    assert.deepEqual(
      commits.map(({ findings: own }) => own.length),
      [1, 0],
    );
  });

  it('finds nothing wrong with a removed file', async () => {
    const repository = memoryRepository({ ...files, [alpha]: tampered });
    const start = await repository.resolve('HEAD');
    repository.commitFiles({ [alpha]: null });
    const { findings, commits } = await validateChanges(repository.changed.changes(await since(repository, start)));
    assert.deepEqual([findings, commits[0]?.files], [[], []]);
  });

  it('refuses what is no plain file', async () => {
    for (const mode of ['120000', '100755']) {
      const repository = memoryRepository(files);
      repository.edit({ [alpha]: good }, mode);
      repository.stage(alpha);
      assert.deepEqual(await rules(repository, 'index'), ['alpha file-mode']);
    }
  });

  it('takes a record that lost its checksum for an error', async () => {
    const repository = memoryRepository(files);
    const start = await repository.resolve('HEAD');
    repository.commitFiles({ [alpha]: unsealed });
    const found = await rules(repository, await since(repository, start));
    assert.deepEqual(found.sort(), ['alpha checksum-lost', 'alpha checksum-missing']);
  });

  it('lets a merge lose a checksum only against every parent', async () => {
    const repository = memoryRepository(files);
    const start = await repository.resolve('HEAD');
    const sealed = repository.commitFiles({ [alpha]: newer });
    repository.checkout(start);
    const loose = repository.commitFiles({ [alpha]: unsealed });
    const judged = async (parents: readonly string[]) => {
      repository.checkout(start);
      const merge = repository.commitFiles(
        { [alpha]: unsealed.replace('"fileVersion": 1', '"fileVersion": 2') },
        { parents },
      );
      return (await validateChanges(repository.changed.changes({ tips: [merge], known: { commits: parents } })))
        .findings;
    };
    const rulesOf = async (parents: readonly string[]) => (await judged(parents)).map(({ rule }) => rule).sort();
    assert.deepEqual(await rulesOf([sealed, start]), ['checksum-lost', 'checksum-missing']);
    assert.deepEqual(await rulesOf([sealed, loose]), ['checksum-missing']);
  });

  it('leaves two names that differ in case no way to be valid both', async () => {
    const upper = networkFilePath('', 'alpha').replace('alpha', 'Alpha');
    const repository = memoryRepository(files);
    repository.edit({ [upper]: good.replace('"network": "alpha"', '"network": "Alpha"') });
    repository.stage(upper);
    assert.ok((await rules(repository, 'index')).includes(`${upper} network-name`));
  });
});
