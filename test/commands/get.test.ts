import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getRecord } from '../../src/commands/get.js';
import { networkFilePath } from '../../src/core/layout.js';
import { StateManagerError } from '../../src/errors.js';
import { address, proxied, stateFiles } from '../support/deployments.js';
import { memoryRepository } from '../support/memory-repository.js';

const files = stateFiles({
  bsctestnet: {
    chainId: 97,
    contracts: { Token: proxied('Token'), 'a.sol:Vault': proxied('V1'), 'b.sol:Vault': proxied('V2') },
  },
  'my-chain': { chainId: 4242, contracts: { Token: proxied('Other') } },
});
const config = {
  'stateroot.config.json': JSON.stringify({ networks: [{ name: 'my-chain', chainId: 4242, aliases: ['mine'] }] }),
};

describe('get', () => {
  for (const [network, name, found] of [
    ['bsctestnet', 'Token', 'bsctestnet/Token'],
    ['bnbTestnet', 'Token', 'bsctestnet/Token'],
    ['mine', 'Token', 'my-chain/Token'],
    ['bsctestnet', address('Token proxy').toLowerCase(), 'bsctestnet/Token'],
    ['bsctestnet', address('Token 1').toUpperCase().replace('0X', '0x'), 'bsctestnet/Token'],
  ] as const) {
    it(`${network} ${name} is ${found}`, async () => {
      const { record } = await getRecord(memoryRepository({ ...files, ...config }), { network, name });
      assert.equal(`${record.network}/${record.name}`, found);
    });
  }

  for (const [network, name, code] of [
    ['bsctestnet', 'token', 'NOT_FOUND'],
    ['bsctestnet', 'constructor', 'NOT_FOUND'],
    ['bsctestnet', 'toString', 'NOT_FOUND'],
    ['bsctestnet', 'Vault', 'NAME_AMBIGUOUS'],
    ['bsctestnet', address('nobody'), 'NOT_FOUND'],
    ['bsctestne', 'Token', 'NOT_FOUND'],
    ['../bsctestnet', 'Token', 'NETWORK_NAME_INVALID'],
    ['', 'Token', 'NETWORK_NAME_INVALID'],
    ['x'.repeat(300), 'Token', 'NETWORK_NAME_INVALID'],
  ] as const) {
    it(`${network.slice(0, 20)} ${name} is refused with ${code}`, async () => {
      await assert.rejects(getRecord(memoryRepository(files), { network, name }), hasCode(code));
    });
  }

  it('an unknown name says what is near', async () => {
    const error = await refusal(getRecord(memoryRepository(files), { network: 'bsctestnet', name: 'Tokne' }));
    assert.deepEqual(error.details['near'], ['Token']);
  });

  it('an unknown network says which there are', async () => {
    const error = await refusal(getRecord(memoryRepository(files), { network: 'gone', name: 'Token' }));
    assert.deepEqual(error.details['networks'], ['bsctestnet', 'my-chain']);
  });

  it('an unreadable file is refused with its one finding and position', async () => {
    const repository = memoryRepository(files);
    const path = networkFilePath('', 'bsctestnet');
    repository.edit({ [path]: '{\n  "a": 1,\n  "a": 2\n}\n' });
    const error = await refusal(getRecord(repository, { network: 'bsctestnet', name: 'Token' }));
    assert.equal(error.code, 'STATE_INVALID');
    const [finding, ...others] = error.details['findings'] as { rule: string; file: string; line: number }[];
    assert.deepEqual([finding?.rule, finding?.file, finding?.line, others.length], ['json-duplicate-key', path, 3, 0]);
  });

  it('reads the work tree, and with at the commit, branch or date', async () => {
    const repository = memoryRepository(files);
    const upgraded = stateFiles({ bsctestnet: { chainId: 97, contracts: { Token: proxied('Token', 2) } } });
    const first = await repository.resolve('HEAD');
    const time = Date.UTC(2025, 8, 1);
    repository.commitFiles(upgraded, { time });
    repository.edit(stateFiles({ bsctestnet: { chainId: 97, contracts: { Token: proxied('Token', 3) } } }));
    const implementation = async (at?: string) =>
      (await getRecord(repository, { network: 'bsctestnet', name: 'Token', at })).record.fields['implementation'];
    assert.equal(await implementation(), address('Token 3'));
    assert.equal(await implementation('main'), address('Token 2'));
    assert.equal(await implementation(first), address('Token 1'));
    assert.equal(await implementation('2025-08-20'), address('Token 1'));
    assert.equal(await implementation('2025-09-01'), address('Token 2'));
    await assert.rejects(implementation('gone'), hasCode('UNKNOWN_REVISION'));
  });
});

async function refusal(run: Promise<unknown>): Promise<StateManagerError> {
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof StateManagerError);
  return error;
}

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof StateManagerError && error.code === code;
}
