import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { ContractType } from '../../../src/core/model/contract-type.js';
import { UnifiedJSONStateManager } from '../../../src/managers/unified/unified-state-manager.js';
import { template, tempRepository, type TempRepository } from '../../support/temp-repository.js';

const address = (n: number | string) => `0x${String(n).padStart(40, '1')}`;
const hash = (digit: string) => `0x${digit.repeat(64)}`;

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

const commits = (temp: TempRepository) => Number(temp.git('rev-list', '--count', 'HEAD'));

function managerOf(temp: TempRepository, network: string | null = 'bsctestnet') {
  return new UnifiedJSONStateManager(network, { cwd: temp.path, env: temp.env });
}

const token: ContractType = {
  contractName: 'Token',
  chainId: 97,
  networkName: 'bscTestnet',
  address: address(1),
  proxyAddress: address(2),
  factoryByteCodeHash: hash('a'),
  implementationHash: hash('a'),
  deploymentArgs: [],
  timestamp: 1_753_441_878_006,
};

describe('UnifiedJSONStateManager', () => {
  it('makes a hundred commits of a hundred parallel puts, each seen by the read after it', async (t) => {
    const temp = start(t);
    const manager = managerOf(temp);
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', listen);
    t.after(() => process.off('unhandledRejection', listen));
    const contracts = Array.from({ length: 100 }, (_, i) => ({
      ...token,
      contractName: `Token${i}`,
      address: address(1000 + i),
      proxyAddress: address(2000 + i),
    }));
    const seen = await Promise.all(
      contracts.map(async (contract) => {
        await manager.putContract(97, contract);
        return manager.getContract(97, contract.contractName);
      }),
    );
    assert.deepEqual(seen, contracts);
    await manager.close();
    assert.equal(commits(temp), 101);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.match(temp.git('fsck', '--strict', '--full'), /^(?!.*(error|missing|corrupt))/);
    const reading = managerOf(temp);
    assert.equal((await reading.getAllContracts(97)).length, 100);
    assert.deepEqual(await reading.validateIntegrity(), {
      isValid: true,
      errors: [],
      warnings: [],
      totalContracts: 100,
    });
    const subjects = temp.git('log', '--format=%s').split('\n');
    assert.deepEqual(
      subjects.slice(0, -1).sort(),
      contracts.map((one) => `state(bsctestnet): deploy ${one.contractName}`).sort(),
    );
    assert.deepEqual(unhandled, []);
  });

  it('loses no write of two processes', async (t) => {
    const temp = start(t);
    const writer = join(import.meta.dirname, 'writer.js');
    const run = (prefix: string) =>
      promisify(execFile)(process.execPath, [writer, temp.path, prefix, '20'], { env: temp.env });
    await Promise.all([run('A'), run('B')]);
    assert.equal(commits(temp), 41);
    const manager = managerOf(temp);
    const names = (await manager.getAllContracts(97)).map(({ contractName }) => contractName);
    const expected = ['A', 'B'].flatMap((prefix) => Array.from({ length: 20 }, (_, i) => `${prefix}${i}`));
    assert.deepEqual(names, expected.sort());
    assert.equal(temp.git('status', '--porcelain'), '');
  });

  it('waits with close for what was begun and refuses what comes after', async (t) => {
    const temp = start(t);
    const manager = managerOf(temp);
    const put = manager.putContract(97, token);
    const closed = manager.close();
    await assert.rejects(manager.putContract(97, token), { code: 'BACKEND_UNAVAILABLE' });
    await closed;
    await assert.rejects(manager.getContract(97, 'Token'), { code: 'BACKEND_UNAVAILABLE' });
    assert.equal(commits(temp), 2);
    await put;
    await manager.close();
    assert.equal(await manager.isHealthy(), false);
    await manager.initialize();
    assert.equal(await manager.hasContract(97, 'Token'), true);
    await manager.close();
  });

  it('speaks both signatures of the documents', async (t) => {
    const temp = start(t);
    const manager = managerOf(temp);
    const info = {
      name: 'Token',
      address: address(2),
      deployedAt: 1_753_441_878_006_123_456n,
      constructorArgs: [10n ** 20n],
      implementationHash: hash('a'),
      proxy: { proxyAddress: address(2), implementationAddress: address(1) },
      metadata: { upgradeable: true },
    };
    await manager.putContract(info.address, info);
    assert.deepEqual(await manager.getContract(address(1)), info);
    assert.deepEqual(await manager.getContract(address(2)), info);
    assert.equal((await manager.getContract(97, 'Token'))?.proxyAddress, address(2));
    assert.deepEqual(await manager.queryContracts({ metadata: { upgradeable: true } }), [info]);
    await manager.putContracts(
      new Map(
        [
          ['A', 3],
          ['B', 4],
        ].map(([name, n]) => [address(n ?? ''), { name: String(name), address: address(n ?? '') }]),
      ),
    );
    assert.equal(commits(temp), 3);
    assert.deepEqual(await manager.getAllAddresses(), [address(3), address(4), address(2)]);
    assert.equal(await manager.deleteContract(address(3)), true);
    assert.equal(await manager.deleteContract(97, 'A'), false);
    assert.equal(commits(temp), 4);
    await manager.close();
  });

  it('keeps with updateContract what is not given, hash beside address', async (t) => {
    const temp = start(t);
    const manager = managerOf(temp);
    await manager.putContract(97, token);
    await manager.updateContract(97, 'Token', {
      address: address(9),
      implementationHash: hash('b'),
      timestamp: undefined,
    });
    assert.deepEqual(await manager.getContract(97, 'Token'), {
      ...token,
      address: address(9),
      implementationHash: hash('b'),
    });
    const text = readFileSync(temp.at('deployments/unified/bsctestnet.unified.json'), 'utf8');
    const file = JSON.parse(text) as { contracts: { core: object }; extended_Token: { implementationHash: string } };
    assert.deepEqual(file.contracts.core, { Token: { implementation: address(9), proxy: address(2) } });
    assert.equal(file.extended_Token.implementationHash, hash('b'));
    await assert.rejects(manager.updateContract(97, 'Other', {}), { code: 'NOT_FOUND' });
    await manager.close();
  });

  it('reads a file of the documents in which the fields stand in both places', async (t) => {
    const temp = start(t);
    const file = {
      schemaVersion: '3.0.0',
      fileVersion: 1,
      network: 'bsctestnet',
      chainId: 97,
      metadata: {},
      contracts: { core: { Token: { proxy: address(2), implementation: address(1), factoryByteCodeHash: hash('a') } } },
      configuration: {},
      topology: {},
      extended_Token: { implementationHash: hash('a'), deploymentArgs: [], timestamp: 1_753_441_878_006 },
    };
    temp.write('deployments/unified/bsctestnet.unified.json', JSON.stringify(file));
    const manager = managerOf(temp);
    assert.deepEqual(await manager.getContract(97, 'Token'), { ...token, networkName: 'bsctestnet' });
    assert.equal((await manager.getContract(address(2)))?.['factoryByteCodeHash'], hash('a'));
    await manager.close();
  });

  it('works on the environment it is bound to, with chain ids too', async (t) => {
    const temp = start(t);
    const [main, staging] = [managerOf(temp), managerOf(temp, 'bsctestnet.staging')];
    await staging.putContract(97, { ...token, networkName: 'bsctestnet.staging' });
    assert.equal(await main.getContract(97, 'Token'), null);
    assert.equal(await main.exists(address(2)), false);
    assert.equal(await staging.exists(address(2)), true);
    assert.equal(await staging.hasContract(97, 'Token'), true);
    await main.putContract(97, { ...token, proxyAddress: address(7) });
    assert.equal((await staging.getContract(97, 'Token'))?.proxyAddress, address(2));
    assert.equal((await main.getContract(97, 'Token'))?.proxyAddress, address(7));
    await Promise.all([main.close(), staging.close()]);
  });

  it('exports and imports the environment it is bound to, never the other one', async (t) => {
    const temp = start(t);
    const [main, staging] = [managerOf(temp), managerOf(temp, 'bsctestnet.staging')];
    await main.putContract(97, { ...token, proxyAddress: address(7) });
    await staging.putContract(97, { ...token, networkName: 'bsctestnet.staging' });
    await assert.rejects(main.exportAll(), { code: 'CHAIN_AMBIGUOUS' });
    const data = await main.exportAll({ chainId: 97 });
    await assert.rejects(staging.importAll(data), { code: 'CONFLICT' });
    await main.importAll(data);
    assert.equal(commits(temp), 3);
    await staging.importAll(data, true);
    assert.equal((await staging.getContract(97, 'Token'))?.proxyAddress, address(7));
    assert.equal(temp.git('diff', '--name-only', 'HEAD~1'), 'deployments/unified/bsctestnet.staging.unified.json');
    await Promise.all([main.close(), staging.close()]);
  });

  it('takes the chain id it was given for a network that nobody knows', async (t) => {
    const temp = start(t);
    const unknown = managerOf(temp, 'devnet');
    await assert.rejects(unknown.getContract(address(1)), { code: 'CHAIN_ID_UNKNOWN' });
    const options = { cwd: temp.path, env: temp.env, chainId: 4242 };
    const manager = new UnifiedJSONStateManager('devnet', options);
    await manager.putContract(address(1), { name: 'Token', address: address(1) });
    assert.equal(temp.git('ls-files', 'deployments'), 'deployments/unified/devnet.unified.json');
    assert.equal(await unknown.exists(address(1)), true);
    await Promise.all([manager.close(), unknown.close()]);
  });

  it('refuses where there is no repository, with nothing made, and works once there is one', async (t) => {
    const temp = tempRepository(t);
    rmSync(temp.at('.git'), { recursive: true });
    const manager = managerOf(temp);
    await assert.rejects(manager.initialize(), { code: 'NOT_A_REPOSITORY' });
    await assert.rejects(manager.putContract(97, token), { code: 'NOT_A_REPOSITORY' });
    await assert.rejects(manager.getContract(97, 'Token'), { code: 'NOT_A_REPOSITORY' });
    assert.equal(await manager.isHealthy(), false);
    temp.git('init', '--quiet', '--initial-branch=main');
    await manager.putContract(97, token);
    assert.equal(await manager.isHealthy(), true);
    assert.equal(commits(temp), 1);
    await manager.close();
  });

  it('refuses a git folder it cannot write to, with nothing half written', async (t) => {
    const temp = start(t);
    writeFileSync(temp.at('.git', 'stateroot'), 'in the way of the lock');
    const manager = managerOf(temp);
    await assert.rejects(manager.putContract(97, token), { code: 'FILE_FAILED' });
    assert.equal(commits(temp), 1);
    assert.equal(temp.git('status', '--porcelain'), '');
    assert.equal(await manager.getContract(97, 'Token'), null);
    await manager.close();
  });

  it('waits for a git command that holds the index, and gives up after a bounded time', async (t) => {
    const temp = start(t);
    const lock = temp.at('.git', 'index.lock');
    writeFileSync(lock, '');
    const options = { cwd: temp.path, env: temp.env, lockTimeout: 50 };
    const manager = new UnifiedJSONStateManager('bsctestnet', options);
    await assert.rejects(manager.putContract(97, token), { code: 'BUSY' });
    assert.equal(temp.git('rev-list', '--count', 'HEAD'), '1');
    const put = manager.putContract(97, token);
    rmSync(lock);
    await put;
    assert.equal(commits(temp), 2);
    await manager.close();
  });

  it('finds its state root in a folder of a monorepo', async (t) => {
    const temp = start(t);
    temp.write('packages/contracts/stateroot.config.json', '{}\n');
    mkdirSync(temp.at('packages/contracts/scripts'));
    const manager = new UnifiedJSONStateManager('bsctestnet', {
      cwd: temp.at('packages/contracts/scripts'),
      env: temp.env,
    });
    const before = await manager.store.version();
    await manager.putContract(97, token);
    assert.notEqual(await manager.store.version(), before);
    assert.equal(
      temp.git('ls-files', '*.unified.json'),
      'packages/contracts/deployments/unified/bsctestnet.unified.json',
    );
    assert.equal((await manager.validateIntegrity()).isValid, true);
    await manager.close();
  });
});
