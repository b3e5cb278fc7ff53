import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ValidateOptions, validate } from '../../src/commands/validate.js';
import { networkFilePath } from '../../src/core/layout.js';
import { StateManagerError } from '../../src/errors.js';
import { address, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

const alpha = networkFilePath('', 'alpha');
const beta = networkFilePath('', 'beta');
const files = stateFiles({
  alpha: { chainId: 7, contracts: { Token: proxied('Token') } },
  beta: { chainId: 8, contracts: { Token: proxied('Token') } },
});
const tampered = (files[alpha] ?? '').replace(address('Token 1'), address('evil'));

async function rules(repository: MemoryRepository, options: ValidateOptions): Promise<string[]> {
  const { findings } = await validate(repository, options);
  return findings.map(({ file, rule }) => `${file === alpha ? 'alpha' : file === beta ? 'beta' : file} ${rule}`);
}

describe('validate', () => {
  it('finds nothing wrong with what was written by the tool', async () => {
    const result = await validate(memoryRepository(files), { place: 'worktree' });
    assert.deepEqual([result.findings, result.files], [[], [alpha, beta]]);
  });

  it('judges the place it is given, never another', async () => {
    const repository = memoryRepository(files);
    const commit = await repository.resolve('HEAD');
    repository.edit({ [alpha]: tampered });
    assert.deepEqual(await rules(repository, { place: 'worktree' }), ['alpha checksum-mismatch']);
    assert.deepEqual(await rules(repository, { place: 'index' }), []);
    repository.stage(alpha);
    repository.edit({ [alpha]: files[alpha] ?? '' });
    assert.deepEqual(await rules(repository, { place: 'worktree' }), []);
    assert.deepEqual(await rules(repository, { place: 'index' }), ['alpha checksum-mismatch']);
    assert.deepEqual(await rules(repository, { place: { commit } }), []);
  });

  it('says where, with the text that the position counts in', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [alpha]: tampered });
    const { findings, texts } = await validate(repository, { place: 'worktree' });
    const [finding] = findings;
    const line = tampered.split('\n').findIndex((text) => text.includes('"checksum"')) + 1;
    assert.deepEqual([finding?.line, finding?.path, finding?.contract], [line, '/extended_Token/checksum', 'Token']);
    assert.deepEqual([...texts], [[alpha, tampered]]);
  });

  it('a record that lost its checksum since HEAD is an error of the index', async () => {
    const repository = memoryRepository(files);
    const unsealed = stateFiles({
      alpha: { chainId: 7, contracts: { Token: { ...proxied('Token'), sealed: false } } },
    });
    repository.edit(unsealed);
    repository.stage(alpha);
    assert.deepEqual((await rules(repository, { place: 'index' })).sort(), [
      'alpha checksum-lost',
      'alpha checksum-missing',
    ]);
    const { findings } = await validate(repository, { place: 'index' });
    const lost = findings.find(({ rule }) => rule === 'checksum-lost');
    assert.equal(lost?.severity, 'error');
    assert.ok(lost.line !== undefined);
  });

  it('paths and folders narrow it down', async () => {
    const repository = memoryRepository({ ...files, 'README.md': '' });
    const judged = async (...paths: string[]) => (await validate(repository, { place: 'worktree', paths })).files;
    assert.deepEqual(await judged(beta), [beta]);
    assert.deepEqual(await judged('deployments'), [alpha, beta]);
    assert.deepEqual(await judged(''), [alpha, beta]);
    for (const path of ['README.md', 'deploy', 'gone', networkFilePath('', 'gone')]) {
      await assert.rejects(judged(beta, path), hasCode('BAD_USAGE'));
    }
  });

  it('at the repository root every state root is judged, below only its own', async () => {
    const below = stateFiles({ gamma: { chainId: 9, contracts: { Token: proxied('T') } } }, 'packages/a');
    const repository = memoryRepository({ ...files, ...below, 'packages/a/stateroot.config.json': '{}\n' });
    const [gamma = ''] = Object.keys(below);
    const all = await validate(repository, { place: 'worktree' });
    assert.deepEqual(all.files, [alpha, beta, gamma, 'packages/a/stateroot.config.json']);
    const own = await validate(repository.forRoot('packages/a'), { place: 'worktree' });
    assert.deepEqual(own.files, [gamma, 'packages/a/stateroot.config.json']);
  });
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
