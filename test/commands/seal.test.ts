import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planSeal } from '../../src/commands/seal.js';
import { validate } from '../../src/commands/validate.js';
import { networkFilePath } from '../../src/core/layout.js';
import { address, proxied, stateFiles } from '../support/deployments.js';
import { memoryRepository } from '../support/memory-repository.js';

const alpha = networkFilePath('', 'alpha');
const files = stateFiles({
  alpha: { chainId: 7, contracts: { Other: proxied('Other'), Token: proxied('Token') } },
  beta: { chainId: 8, contracts: { Token: proxied('Token') } },
});
const canonical = files[alpha] ?? '';
const tampered = canonical.replace(address('Token 1'), address('evil'));

describe('seal', () => {
  it('has nothing to do where every checksum holds', async () => {
    const plan = await planSeal(memoryRepository(files), []);
    assert.deepEqual([plan.records, plan.sections, plan.files.size, plan.findings], [[], [], 0, []]);
  });

  it('lists the edited record with its old and new values, and makes the file valid', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [alpha]: tampered });
    const plan = await planSeal(repository, []);
    assert.deepEqual(
      plan.records.map(({ network, name, change }) => [network, name, change?.fields]),
      [['alpha', 'Token', [{ path: 'implementation', before: address('Token 1'), after: address('evil') }]]],
    );
    assert.deepEqual([...plan.files.keys()], [alpha]);
    await repository.replaceInWorktree(plan.files);
    assert.deepEqual((await validate(repository, { place: 'worktree' })).findings, []);
    assert.equal((await planSeal(repository, [])).files.size, 0);
  });

  it('planning writes nothing', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [alpha]: tampered });
    await planSeal(repository, []);
    const { findings } = await validate(repository, { place: 'worktree' });
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['checksum-mismatch'],
    );
  });

  it('seals what never was sealed', async () => {
    const repository = memoryRepository();
    repository.edit(
      stateFiles({ alpha: { chainId: 7, contracts: { Token: { ...proxied('Token'), sealed: false } } } }),
    );
    const plan = await planSeal(repository, []);
    assert.deepEqual(
      plan.records.map(({ before, change }) => [before, change]),
      [[null, null]],
    );
    await repository.replaceInWorktree(plan.files);
    assert.deepEqual((await validate(repository, { place: 'worktree' })).findings, []);
  });

  it('a file that would still have errors is a finding', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [alpha]: tampered.replace(address('Other 1'), '0x12') });
    const { findings } = await planSeal(repository, []);
    assert.ok(findings.some(({ rule, file }) => rule === 'address-format' && file === alpha));
  });

  it('a file that cannot be read is a finding', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [alpha]: '{' });
    const { findings, files: written } = await planSeal(repository, []);
    assert.deepEqual([findings.map(({ rule }) => rule), written.size], [['json-syntax'], 0]);
  });

  it('paths narrow it down', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [alpha]: tampered });
    assert.equal((await planSeal(repository, [networkFilePath('', 'beta')])).files.size, 0);
    assert.equal((await planSeal(repository, [alpha])).files.size, 1);
  });
});
