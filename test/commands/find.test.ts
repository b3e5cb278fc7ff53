import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type FindOptions, findValue } from '../../src/commands/find.js';
import { networkFilePath } from '../../src/core/layout.js';
import { StateManagerError } from '../../src/errors.js';
import { address, codeHash, type Contract, proxied, stateFiles } from '../support/deployments.js';
import { type MemoryRepository, memoryRepository } from '../support/memory-repository.js';

function networks(alpha: Record<string, Contract>, beta: Record<string, Contract> = {}): Record<string, string> {
  return stateFiles({ alpha: { chainId: 7, contracts: alpha }, beta: { chainId: 8, contracts: beta } });
}

async function find(repository: MemoryRepository, text: string, options: FindOptions = {}): Promise<string[]> {
  const { found } = await findValue(repository, text, options);
  return found.map(({ network, contractName, field }) => `${network}/${contractName}/${field}`);
}

describe('find', () => {
  const owner = address('owner');
  const files = networks(
    {
      Token: proxied('Token', 1, {
        deploymentArgs: [1, { admin: owner }, owner.toLowerCase()],
        pendingImplementation: { implementation: address('next') },
      }),
    },
    { Token: proxied('Token'), Owner: { fields: { implementation: owner } } },
  );

  for (const [text, found] of [
    [address('Token proxy'), ['alpha/Token/proxy', 'beta/Token/proxy']],
    [address('Token proxy').toLowerCase(), ['alpha/Token/proxy', 'beta/Token/proxy']],
    [
      codeHash('Token 1').toUpperCase().replace('0X', '0x'),
      ['alpha/Token/implementationHash', 'beta/Token/implementationHash'],
    ],
    [owner, ['alpha/Token/deploymentArgs/1/admin', 'alpha/Token/deploymentArgs/2', 'beta/Owner/implementation']],
    [address('next'), ['alpha/Token/pendingImplementation/implementation']],
    [address('nobody'), []],
  ] as const) {
    it(`${text} is in ${found.length === 0 ? 'no record' : found.join(' and ')}`, async () => {
      assert.deepEqual(await find(memoryRepository(files), text), found);
    });
  }

  for (const text of ['Token', '', '0x12', '12'.repeat(20), `0x${'g'.repeat(40)}`]) {
    it(`${JSON.stringify(text)} is refused: neither address nor hash`, async () => {
      await assert.rejects(
        find(memoryRepository(files), text),
        (error) => error instanceof StateManagerError && error.code === 'BAD_USAGE',
      );
    });
  }

  it('looks where at says', async () => {
    const repository = memoryRepository(files);
    repository.edit(networks({}));
    assert.deepEqual(await find(repository, owner), []);
    assert.equal((await find(repository, owner, { at: 'HEAD' })).length, 3);
  });

  it('a file that cannot be read is an error', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [networkFilePath('', 'beta')]: '' });
    const { found, findings } = await findValue(repository, owner);
    assert.deepEqual([found.length, findings.map(({ severity }) => severity)], [2, ['error']]);
  });

  it('with history says which commit wrote it and which took it away', async () => {
    const repository = memoryRepository(networks({ Token: proxied('Token') }));
    const first = await repository.resolve('HEAD');
    const second = repository.commitFiles(networks({ Token: proxied('Token', 2) }));
    const third = repository.commitFiles(
      networks({ Token: proxied('Token', 1) }, { Copy: { fields: { implementation: address('Token 1') } } }),
    );
    const { found } = await findValue(repository, address('Token 1'), { history: true });
    assert.deepEqual(
      found.map(({ network, field, commit, removedBy }) => [network, field, commit, removedBy]),
      [
        ['alpha', 'implementation', first, second],
        ['alpha', 'implementation', third, null],
        ['beta', 'implementation', third, null],
      ],
    );
  });

  it('history before the first commit is empty', async () => {
    assert.deepEqual(await find(memoryRepository(), address('x'), { history: true }), []);
  });
});
