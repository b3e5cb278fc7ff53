import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listedViews, listRecords } from '../../src/commands/list.js';
import { networkFilePath } from '../../src/core/layout.js';
import { StateManagerError } from '../../src/errors.js';
import { address, proxied, stateFiles } from '../support/deployments.js';
import { memoryRepository } from '../support/memory-repository.js';

const files = stateFiles({
  zeta: { chainId: 7, contracts: { Token: proxied('Token', 1, { x: { y: [10, '97'] } }) } },
  alpha: {
    chainId: 8,
    contracts: {
      Zed: proxied('Zed'),
      Able: { category: 'protocol', fields: { implementation: address('able'), constructor: 'c' } },
    },
  },
});

async function names(
  options: Parameters<typeof listRecords>[1],
  repository = memoryRepository(files),
): Promise<string[]> {
  const { networks } = await listRecords(repository, options);
  return networks.flatMap(({ records }) => records.map(({ network, name }) => `${network}/${name}`));
}

describe('list', () => {
  it('is sorted by network, then name', async () => {
    assert.deepEqual(await names({}), ['alpha/Able', 'alpha/Zed', 'zeta/Token']);
  });

  it('of one network only', async () => {
    assert.deepEqual(await names({ network: 'zeta' }), ['zeta/Token']);
  });

  it('of nothing yet is empty', async () => {
    assert.deepEqual(await names({}, memoryRepository()), []);
  });

  for (const [where, found] of [
    [['category=protocol'], ['alpha/Able']],
    [['chainId=7'], ['zeta/Token']],
    [['chainId="7"'], []],
    [['x.y.1=97'], ['zeta/Token']],
    [['x.y.0=10'], ['zeta/Token']],
    [['x.y=[10,"97"]'], ['zeta/Token']],
    [['x.y.2=10'], []],
    [['constructor=c'], ['alpha/Able']],
    [['toString=x'], []],
    [[`address=${address('able').toLowerCase()}`], ['alpha/Able']],
    [['contractName=Zed', 'network=alpha'], ['alpha/Zed']],
    [['contractName=Zed', 'network=zeta'], []],
    [['contractName=zed'], []],
  ] as const) {
    it(`where ${where.join(' and ')} is ${found.length === 0 ? 'nothing' : found.join()}`, async () => {
      assert.deepEqual(await names({ where }), found);
    });
  }

  for (const where of ['category', '=core', '']) {
    it(`where ${JSON.stringify(where)} is refused`, async () => {
      await assert.rejects(listRecords(memoryRepository(files), { where: [where] }), hasCode('BAD_USAGE'));
    });
  }

  it('an unknown network is not found', async () => {
    await assert.rejects(listRecords(memoryRepository(files), { network: 'gone' }), hasCode('NOT_FOUND'));
  });

  it('a file that cannot be read is an error, the others are listed', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [networkFilePath('', 'alpha')]: '<<<<<<< HEAD\n' });
    const listed = await listRecords(repository, {});
    assert.deepEqual(
      listedViews(listed).map((view) => view['network']),
      ['zeta'],
    );
    assert.deepEqual(
      listed.findings.map(({ rule, severity, line }) => [rule, severity, line]),
      [['json-conflict', 'error', 1]],
    );
  });

  it('sees only its own state root', async () => {
    const below = stateFiles({ beta: { chainId: 9, contracts: { Token: proxied('T') } } }, 'packages/contracts');
    const repository = memoryRepository({ ...files, ...below, 'packages/contracts/stateroot.config.json': '{}\n' });
    assert.deepEqual(await names({}, repository), ['alpha/Able', 'alpha/Zed', 'zeta/Token']);
    assert.deepEqual(
      listedViews(await listRecords(repository.forRoot('packages/contracts'), {})).map((view) => view['network']),
      ['beta'],
    );
  });
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
