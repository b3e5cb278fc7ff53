import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import type { ContractType } from '../../../src/core/model/contract-type.js';
import { MultiChainStateManager } from '../../../src/managers/multi-chain/multi-chain-state-manager.js';
import { template, type TempRepository } from '../../support/temp-repository.js';

const address = (digit: string) => `0x${digit.repeat(40)}`;

function contract(contractName: string, chainId: number, digit: string): ContractType {
  return { contractName, chainId, address: address(digit), proxyAddress: address('2') };
}

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

function managerOf(t: { after(run: () => Promise<void>): void }, temp: TempRepository, cwd = temp.path) {
  const manager = new MultiChainStateManager({ cwd, env: temp.env });
  t.after(() => manager.close());
  return manager;
}

const both = {
  put: [{ contract: contract('Token', 97, '1') }, { contract: contract('Token', 84_532, '3') }],
};

describe('the state of many chains', () => {
  it('is updated in one commit, or not at all', async (t) => {
    const temp = start(t);
    const manager = managerOf(t, temp);
    const { commit, changes } = await manager.updateGlobalState(both);
    assert.equal(commit, temp.git('rev-parse', 'HEAD'));
    assert.deepEqual(
      changes.map(({ network, kind }) => [network, kind]),
      [
        ['basesepolia', 'deploy'],
        ['bsctestnet', 'deploy'],
      ],
    );
    assert.equal(temp.git('rev-list', '--count', 'HEAD'), '2');
    const bad = { ...both, put: [...both.put, { contract: contract('Bad', 56, 'z') }] };
    await assert.rejects(manager.updateGlobalState(bad), { code: 'RECORD_INVALID' });
    const { changed } = await manager.updateGlobalState({
      delete: [{ chainId: 97, contractName: 'Token' }],
      put: [{ contract: contract('Vault', 97, '4'), network: 'bsctestnet.staging' }],
    });
    assert.deepEqual(changed, [true, true]);
    assert.equal(temp.git('rev-list', '--count', 'HEAD'), '3');
  });

  it('tells every network that has an address, a hash or a name', async (t) => {
    const temp = start(t);
    const manager = managerOf(t, temp);
    await manager.updateGlobalState({ ...both, put: [...both.put, { contract: contract('Other', 97, '5') }] });
    const places = async (query: string) =>
      (await manager.getGlobalContract(query)).places.map(({ network, contractName, fields }) => [
        network,
        contractName,
        fields.join(),
      ]);
    assert.deepEqual(await places('Token'), [
      ['bsctestnet', 'Token', ''],
      ['basesepolia', 'Token', ''],
    ]);
    assert.deepEqual(await places(address('3')), [['basesepolia', 'Token', 'implementation']]);
    assert.deepEqual(await places(address('2')), [
      ['bsctestnet', 'Other', 'proxy'],
      ['bsctestnet', 'Token', 'proxy'],
      ['basesepolia', 'Token', 'proxy'],
    ]);
    assert.deepEqual(await places(address('8')), []);
    const [first] = (await manager.getGlobalContract('Token')).places;
    assert.deepEqual(first?.contract.proxyAddress, address('2'));
    temp.write('deployments/unified/bscmainnet.unified.json', '{');
    await assert.rejects(manager.getGlobalContract('Token'), { code: 'STATE_INVALID' });
  });

  it('is checked for contradictions, of all chains or of some', async (t) => {
    const temp = start(t);
    const manager = managerOf(t, temp);
    await manager.updateGlobalState({
      put: [
        { contract: { ...contract('Token', 97, '1'), implementationHash: `0x${'a'.repeat(64)}` } },
        { contract: { ...contract('Other', 97, '1'), implementationHash: `0x${'b'.repeat(64)}` } },
        { contract: contract('Token', 84_532, '3') },
      ],
    });
    const all = await manager.detectCrossChainInconsistencies();
    assert.ok(all.some(({ network }) => network === 'bsctestnet'));
    const some = await manager.detectCrossChainInconsistencies(['97']);
    assert.ok(some.length > 0);
    assert.ok(
      some.every(({ network, related }) => [network, ...(related ?? []).map((r) => r.network)].includes('bsctestnet')),
    );
    await assert.rejects(manager.detectCrossChainInconsistencies(['nowhere']), { code: 'NOT_FOUND' });
    await assert.rejects(manager.detectCrossChainInconsistencies(['1']), { code: 'NOT_FOUND' });
  });

  it('is exchanged with the remote, and says what came in on which chain', async (t) => {
    const temp = start(t);
    const git = (cwd: string, ...args: string[]) =>
      execFileSync('git', args, { cwd, env: temp.env, encoding: 'utf8', stdio: 'pipe' }).trim();
    git(temp.at('..'), 'clone', '--quiet', '--bare', temp.path, 'remote.git');
    temp.git('remote', 'add', 'origin', temp.at('..', 'remote.git'));
    git(temp.at('..'), 'clone', '--quiet', 'remote.git', 'other');
    const [here, there] = [managerOf(t, temp), managerOf(t, temp, temp.at('..', 'other'))];
    await there.updateGlobalState(both);
    assert.equal((await there.syncAcrossChains(['bsctestnet'])).remote.pushed, 1);
    await here.updateGlobalState({ put: [{ contract: contract('Vault', 97, '6') }] });
    const result = await here.syncAcrossChains(['bsctestnet', '84532']);
    assert.deepEqual(
      result.chains.map(({ network, contracts, received }) => [network, contracts, received.map(({ name }) => name)]),
      [
        ['bsctestnet', 2, ['Token']],
        ['basesepolia', 1, ['Token']],
      ],
    );
    assert.equal(result.remote.received, 1);
    assert.equal(git(temp.at('..', 'remote.git'), 'rev-parse', 'main'), temp.git('rev-parse', 'HEAD'));
    assert.deepEqual(result.inconsistencies, await here.detectCrossChainInconsistencies(['bsctestnet', 'basesepolia']));
    await assert.rejects(here.syncAcrossChains(['nowhere']), { code: 'NOT_FOUND' });
  });
});
