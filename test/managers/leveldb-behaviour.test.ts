import assert from 'node:assert/strict';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { Level } from 'level';
import type { ContractStore, StoreChange } from '../../src/managers/contract-store.js';
import { levelContracts } from '../../src/managers/leveldb/level-contracts.js';
import { LevelDBStateManager } from '../../src/managers/leveldb/leveldb-state-manager.js';
import { addressOf, assertSameContract, refuses, sampleContract } from '../support/contracts.js';
import { entriesOf, holdOpen, makeStore, storeContent, temporaryFolder } from '../support/leveldb-store.js';
import { sharedData } from '../support/shared-data.js';

const testnet = { chainId: 97, network: 'bsctestnet' };

describe('the LevelDB of deploy scripts', () => {
  it('gives all 28 real records back as they were stored, every field', async (t) => {
    const source = sharedData('lookcoin', 'leveldb');
    if (source === null) {
      t.skip('shared data is not here');
      return;
    }
    const cwd = temporaryFolder(t);
    cpSync(source, join(cwd, 'leveldb'), { recursive: true });
    const manager = new LevelDBStateManager({ cwd });
    const contracts = await manager.store.list();
    await manager.close();
    const stored = await storeContent(join(cwd, 'leveldb'));
    assert.equal(stored.size, 28);
    assert.deepEqual(
      Object.fromEntries(contracts.map((each) => [`${each.chainId}-${each.contractName}`, each])),
      Object.fromEntries([...stored].map(([key, value]) => [key, JSON.parse(value) as unknown])),
    );
  });

  it('keeps the two real records that are no contracts for who asks, and names them', async (t) => {
    const source = sharedData('lookcoin', 'leveldb');
    if (source === null) {
      t.skip('shared data is not here');
      return;
    }
    const cwd = temporaryFolder(t);
    cpSync(source, join(cwd, 'leveldb'), { recursive: true });
    const manager = closedAfter(t, new LevelDBStateManager({ cwd }));
    const contract = await manager.getContract(31337, 'LookCoin');
    assert.equal(contract?.address, '0xabcd1234567890123456789012345678901234567890');
    const problems = await manager.store.inspect();
    assert.deepEqual(
      problems.map(({ severity, key }) => [severity, key]),
      [
        ['error', '31337-LookCoin'],
        ['error', '31337-SupplyOracle'],
      ],
    );
    const { isValid, totalContracts } = await manager.validateIntegrity();
    assert.deepEqual({ isValid, totalContracts }, { isValid: false, totalContracts: 28 });
    await refuses(['VALIDATION_FAILED'], manager.validate());
  });

  it('answers by address for each real network, whose proxies are all known', async (t) => {
    const source = sharedData('lookcoin', 'leveldb');
    if (source === null) {
      t.skip('shared data is not here');
      return;
    }
    const cwd = temporaryFolder(t);
    cpSync(source, join(cwd, 'leveldb'), { recursive: true });
    const counts: Record<string, number> = {};
    for (const network of ['bscmainnet', 'bsctestnet', 'basesepolia', 'optimismsepolia', 'sapphiremainnet']) {
      const manager = closedAfter(t, new LevelDBStateManager(network, { cwd }));
      const addresses = await manager.getAllAddresses();
      for (const address of addresses) assert.equal((await manager.getContract(address))?.address, address);
      counts[network] = addresses.length;
    }
    assert.deepEqual(counts, { bscmainnet: 8, bsctestnet: 9, basesepolia: 3, optimismsepolia: 3, sapphiremainnet: 3 });
  });

  it('is written as scripts wrote it: the same key, the same text, members in their order', async (t) => {
    const path = join(temporaryFolder(t), 'leveldb');
    const contract = {
      contractName: 'contracts/x/A.sol:A',
      chainId: 97,
      networkName: 'bscTestnet',
      address: addressOf('a'),
      factoryByteCodeHash: '',
      proxyAddress: addressOf('p'),
      deploymentArgs: ['20000000000000000000000000', [97, 84532]],
      timestamp: 1_754_079_530_056,
    };
    const store = levelContracts({ path });
    await store.apply([{ kind: 'put', scope: testnet, contract }]);
    await store.close();
    const old = new Level<string, unknown>(path, { valueEncoding: 'json' });
    assert.deepEqual(await old.get('97-contracts/x/A.sol:A'), contract);
    await old.close();
    assert.deepEqual([...(await storeContent(path))], [['97-contracts/x/A.sol:A', JSON.stringify(contract)]]);
  });

  it('holds a native bigint tagged, because as text it would come back as text', async (t) => {
    const path = join(temporaryFolder(t), 'leveldb');
    const store = levelContracts({ path });
    await store.apply([put(sampleContract('LookCoin', 97, { deploymentArgs: [5n, '5'] }))]);
    assert.deepEqual((await store.read(testnet, 'LookCoin'))?.deploymentArgs, [5n, '5']);
    await store.close();
    const [text] = [...(await storeContent(path)).values()];
    assert.match(text ?? '', /"deploymentArgs":\[\{"_type":"bigint","_value":"5"\},"5"\]/);
  });

  it('reads what scripts encoded twice, and every spelling of a bigint', async (t) => {
    const plain = { contractName: 'LookCoin', chainId: 97, address: addressOf('a') };
    const store = await storeOf(t, {
      '97-LookCoin': JSON.stringify(JSON.stringify(plain)),
      '97-Numbers': '{"deploymentArgs":[1000000000000000000000000000,{"type":"BigInt","value":"7"},"8"]}',
    });
    assert.deepEqual(await store.read(testnet, 'LookCoin'), plain);
    assert.deepEqual((await store.read(testnet, 'Numbers'))?.deploymentArgs, [10n ** 27n, 7n, '8']);
    assert.deepEqual(await store.inspect(), []);
  });

  it('goes by its key where a value says another name or chain, and says so', async (t) => {
    const store = await storeOf(t, { '97-A': { contractName: 'B', chainId: 56, address: addressOf('a') } });
    const read = await store.read(testnet, 'A');
    assert.deepEqual([read?.contractName, read?.chainId], ['A', 97]);
    assert.equal(await store.read(testnet, 'B'), null);
    assert.deepEqual(
      (await store.inspect()).map(({ severity, key }) => [severity, key]),
      [['error', '97-A']],
    );
  });

  it('refuses a value that is no record, for who reads it or its chain, and lets it be replaced', async (t) => {
    const store = await storeOf(t, { '97-A': '{"half', '56-B': sampleContract('B', 56), 'a note': 'x' });
    const error = await refuses(['LEVELDB_READ_ERROR'], store.read(testnet, 'A'));
    assert.deepEqual([error.details['reference'], error.details['key']], ['LEVELDB-001', '97-A']);
    await refuses(['LEVELDB_READ_ERROR'], store.list(testnet));
    await refuses(['LEVELDB_READ_ERROR'], store.list());
    assert.equal((await store.list({ chainId: 56 })).length, 1);
    assert.deepEqual(
      (await store.inspect()).map(({ key }) => key),
      ['97-A', 'a note'],
    );
    assert.deepEqual(await store.apply([put(sampleContract('A', 97))]), [true]);
    assertSameContract(await store.read(testnet, 'A'), sampleContract('A', 97));
  });

  it('names no chain for a network whose records are of two', async (t) => {
    const store = await storeOf(t, {
      '5-A': { address: addressOf('a'), networkName: 'test' },
      '6-A': { address: addressOf('a'), networkName: 'Test' },
      '7-A': { address: addressOf('a'), networkName: 'bscTestnet' },
    });
    const error = await refuses(['CHAIN_AMBIGUOUS'], store.chainOf('test'));
    assert.deepEqual(error.details['candidates'], [5, 6]);
    assert.equal(await store.chainOf('bsctestnet'), 7);
  });

  it('takes a member of the wrong type for what it is, and does not break on it', async (t) => {
    const cwd = temporaryFolder(t);
    await makeStore(join(cwd, 'leveldb'), entriesOf({ '97-A': { address: 7, proxyAddress: null, timestamp: 'late' } }));
    const manager = closedAfter(t, new LevelDBStateManager('bsctestnet', { cwd }));
    assert.deepEqual((await manager.getContract(97, 'A'))?.['address'], 7);
    assert.equal(await manager.getContract(addressOf('a')), null);
    assert.deepEqual(await manager.queryContracts({ chainId: 97, address: addressOf('a') }), []);
    assert.equal((await manager.validateIntegrity()).isValid, false);
  });
});

describe('entries of document 000, under network and address', () => {
  const proxy = addressOf('proxy');
  const implementation = addressOf('implementation');
  const info = {
    name: 'LookCoin',
    address: proxy,
    deployedAt: '1723456789123456789',
    implementationHash: `0x${'ab'.repeat(32)}`,
    constructorArgs: [{ _type: 'bigint', _value: '5' }, 'text'],
    proxy: { proxyAddress: proxy, implementationAddress: implementation, admin: addressOf('admin') },
  };

  it('are read in both signatures', async (t) => {
    const cwd = temporaryFolder(t);
    await makeStore(join(cwd, 'leveldb'), entriesOf({ [`bsctestnet:${proxy}`]: info }));
    const manager = closedAfter(t, new LevelDBStateManager('bsctestnet', { cwd }));
    assert.deepEqual(await manager.getContract(proxy), {
      ...info,
      deployedAt: 1_723_456_789_123_456_789n,
      constructorArgs: [5n, 'text'],
    });
    const contract = await manager.getContract(97, 'LookCoin');
    assert.deepEqual([contract?.address, contract?.proxyAddress], [implementation, proxy]);
    assert.deepEqual([contract?.networkName, contract?.timestamp], ['bsctestnet', 1_723_456_789_123]);
    assert.deepEqual(await manager.store.inspect(), []);
  });

  it('no longer count when the contract was put under its own key, and go with it', async (t) => {
    const cwd = temporaryFolder(t);
    const path = join(cwd, 'leveldb');
    await makeStore(path, entriesOf({ [`bsctestnet:${proxy}`]: info }));
    const manager = closedAfter(t, new LevelDBStateManager('bsctestnet', { cwd }));
    await manager.putContract(proxy, { ...info, deployedAt: 1_760_000_000_000n });
    assert.equal((await manager.getContract(proxy))?.deployedAt, 1_760_000_000_000n);
    assert.equal((await manager.getAllContracts()).length, 1);
    assert.deepEqual(
      (await manager.store.inspect()).map(({ severity, key }) => [severity, key]),
      [['warning', `bsctestnet:${proxy}`]],
    );
    assert.equal(await manager.deleteContract(97, 'LookCoin'), true);
    assert.equal(await manager.getContract(proxy), null);
    await manager.close();
    assert.deepEqual([...(await storeContent(path))], []);
  });

  it('of one name under two addresses are told apart by address, and refused by name', async (t) => {
    const other = addressOf('other proxy');
    const cwd = temporaryFolder(t);
    await makeStore(
      join(cwd, 'leveldb'),
      entriesOf({
        [`bsctestnet:${proxy}`]: info,
        [`bsctestnet:${other}`]: { ...info, address: other, proxy: { proxyAddress: other } },
      }),
    );
    const manager = closedAfter(t, new LevelDBStateManager('bsctestnet', { cwd }));
    assert.equal((await manager.getContract(other))?.address, other);
    await refuses(['NAME_AMBIGUOUS'], manager.getContract(97, 'LookCoin'));
    await refuses(['NAME_AMBIGUOUS'], manager.deleteContract(97, 'LookCoin'));
    await refuses(['NAME_AMBIGUOUS'], manager.putContract(97, sampleContract('LookCoin', 97)));
    assert.equal((await manager.store.inspect()).length, 2);
  });

  it('of a network that nobody knows are read by who says its chain, and block a list of everything', async (t) => {
    const cwd = temporaryFolder(t);
    await makeStore(join(cwd, 'leveldb'), entriesOf({ [`mychain:${proxy}`]: info }));
    const manager = closedAfter(t, new LevelDBStateManager('mychain', { cwd, chainId: 424_242 }));
    assert.equal((await manager.getContract(proxy))?.name, 'LookCoin');
    await refuses(['CHAIN_ID_UNKNOWN'], manager.exportAll());
    assert.deepEqual(
      (await manager.store.inspect()).map(({ severity, key }) => [severity, key]),
      [['error', `mychain:${proxy}`]],
    );
  });
});

describe('where there is no LevelDB', () => {
  it('reading, opening and looking after its health create nothing; the first put does', async (t) => {
    const cwd = temporaryFolder(t);
    const manager = closedAfter(t, new LevelDBStateManager('bsctestnet', { cwd }));
    await manager.initialize();
    assert.equal(await manager.getContract(97, 'LookCoin'), null);
    assert.equal(await manager.isHealthy(), true);
    assert.equal(await manager.deleteContract(97, 'LookCoin'), false);
    await refuses(['BAD_INPUT'], manager.putContract(97, sampleContract('', 97)));
    assert.deepEqual(readdirSync(cwd), []);
    await manager.putContract(97, sampleContract('LookCoin', 97));
    assert.deepEqual(readdirSync(cwd), ['leveldb']);
  });

  it('a folder that is empty, or has what a killed start leaves, holds nothing', async (t) => {
    const path = join(temporaryFolder(t), 'leveldb');
    mkdirSync(path);
    const store = closedAfter(t, levelContracts({ path }));
    assert.deepEqual(await store.list(), []);
    for (const name of ['LOCK', 'LOG', '.gitkeep']) writeFileSync(join(path, name), '');
    assert.deepEqual(await store.list(), []);
    assert.deepEqual(await store.apply([put(sampleContract('LookCoin', 97))]), [true]);
  });

  it('a file, or what is below one, is not available', async (t) => {
    const path = join(temporaryFolder(t), 'leveldb');
    writeFileSync(path, 'x');
    for (const each of [path, join(path, 'deeper')]) {
      const store = closedAfter(t, levelContracts({ path: each }));
      await refuses(['BACKEND_UNAVAILABLE'], store.read(testnet, 'LookCoin'));
      await refuses(['BACKEND_UNAVAILABLE'], store.apply([put(sampleContract('LookCoin', 97))]));
    }
  });

  it('one that may not be read or not be written is not available, and nothing new is made where nothing may be', async (t) => {
    if (process.getuid?.() === 0) {
      t.skip('root may do everything');
      return;
    }
    const folder = temporaryFolder(t);
    const path = await makeStore(join(folder, 'leveldb'), entriesOf({ '97-A': {} }));
    const closed: readonly (readonly [string, number, number])[] = [
      [path, 0o500, 0o700],
      [path, 0o000, 0o700],
      [join(path, 'CURRENT'), 0o000, 0o600],
    ];
    for (const [what, mode, before] of closed) {
      chmodSync(what, mode);
      const store = closedAfter(t, levelContracts({ path }));
      await refuses(['BACKEND_UNAVAILABLE'], store.read(testnet, 'A'));
      await refuses(['BACKEND_UNAVAILABLE'], store.apply([put(sampleContract('B', 97))]));
      chmodSync(what, before);
    }
    chmodSync(folder, 0o500);
    const store = closedAfter(t, levelContracts({ path: join(folder, 'new') }));
    const refusal = await refuses([], store.apply([put(sampleContract('A', 97))]));
    chmodSync(folder, 0o700);
    assert.equal(refusal.code, 'LEVELDB_WRITE_ERROR');
    assert.equal(await store.read(testnet, 'A'), null);
  });

  it('a folder of something else is refused and left as it is', async (t) => {
    const path = temporaryFolder(t);
    writeFileSync(join(path, 'state.json'), '{}');
    const store = closedAfter(t, levelContracts({ path }));
    await refuses(['LEVELDB_INVALID'], store.list());
    await refuses(['LEVELDB_INVALID'], store.apply([put(sampleContract('LookCoin', 97))]));
    assert.deepEqual(readdirSync(path), ['state.json']);
  });

  it('the remains of one are damage, and no new one is made over them', async (t) => {
    const path = await makeStore(join(temporaryFolder(t), 'leveldb'), entriesOf({ '97-A': {} }));
    for (const remove of [
      () => {
        writeFileSync(join(path, 'CURRENT'), 'x');
      },
      () => {
        rmSync(join(path, 'CURRENT'));
      },
    ]) {
      remove();
      const before = readdirSync(path);
      const store = closedAfter(t, levelContracts({ path }));
      const error = await refuses(['LEVELDB_READ_ERROR'], store.read(testnet, 'A'));
      assert.equal(error.details['reference'], 'LEVELDB-001');
      await refuses(['LEVELDB_READ_ERROR'], store.apply([put(sampleContract('A', 97))]));
      assert.deepEqual(readdirSync(path), before);
    }
  });
});

describe('a LevelDB that somebody else has', () => {
  it('is locked, by whom, for reading and for writing, and free when that one is gone', async (t) => {
    if (!existsSync('/proc/locks')) {
      t.skip('this system does not list file locks');
      return;
    }
    const path = await makeStore(
      join(temporaryFolder(t), 'leveldb'),
      entriesOf({ '97-A': { address: addressOf('a') } }),
    );
    const holder = await holdOpen(t, path);
    const store = closedAfter(t, levelContracts({ path }));
    for (const attempt of [store.read(testnet, 'A'), store.apply([put(sampleContract('A', 97))])]) {
      const error = await refuses(['LEVELDB_LOCKED'], attempt);
      assert.deepEqual([error.details['pid'], error.details['reference']], [holder.pid, 'LEVELDB-002']);
    }
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    assert.notEqual(await store.read(testnet, 'A'), null);
  });

  it('is locked by this process too, where a script opened it itself', async (t) => {
    const path = await makeStore(join(temporaryFolder(t), 'leveldb'), entriesOf({ '97-A': {} }));
    const own = new Level(path);
    await own.open();
    t.after(() => own.close());
    await refuses(['LEVELDB_LOCKED'], closedAfter(t, levelContracts({ path })).read(testnet, 'A'));
  });

  it('is one for every manager of this process, until the last one closes', async (t) => {
    const cwd = temporaryFolder(t);
    symlinkSync(cwd, join(cwd, 'link'));
    const first = new LevelDBStateManager({ cwd });
    await first.putContract(97, sampleContract('LookCoin', 97));
    const second = new LevelDBStateManager('bsctestnet', { cwd: join(cwd, 'link') });
    assert.equal(await second.hasContract(97, 'LookCoin'), true);
    await second.putContract(97, sampleContract('SupplyOracle', 97));
    assert.equal((await first.getAllContracts(97)).length, 2);
    await first.close();
    assert.equal((await second.getAllContracts(97)).length, 2);
    await second.close();
    assert.equal((await storeContent(join(cwd, 'leveldb'))).size, 2);
  });

  it('is opened by many managers at once', async (t) => {
    const cwd = temporaryFolder(t);
    const managers = Array.from({ length: 10 }, () => closedAfter(t, new LevelDBStateManager({ cwd })));
    await Promise.all(managers.map((each, index) => each.putContract(97, sampleContract(`C${index}`, 97))));
    for (const manager of managers) assert.equal((await manager.getAllContracts(97)).length, 10);
  });

  it('is not opened again after close, but by initialize', async (t) => {
    const cwd = temporaryFolder(t);
    const manager = closedAfter(t, new LevelDBStateManager({ cwd }));
    await manager.putContract(97, sampleContract('LookCoin', 97));
    await manager.close();
    await refuses(['BACKEND_UNAVAILABLE'], manager.getContract(97, 'LookCoin'));
    await manager.initialize();
    assert.notEqual(await manager.getContract(97, 'LookCoin'), null);
  });
});

function put(contract: ReturnType<typeof sampleContract>): StoreChange {
  return { kind: 'put', scope: { chainId: contract.chainId || 97 }, contract };
}

async function storeOf(t: TestContext, pairs: Readonly<Record<string, unknown>>): Promise<ContractStore> {
  return closedAfter(
    t,
    levelContracts({ path: await makeStore(join(temporaryFolder(t), 'leveldb'), entriesOf(pairs)) }),
  );
}

function closedAfter<Closable extends { close(): Promise<void> }>(t: TestContext, closable: Closable): Closable {
  t.after(() => closable.close());
  return closable;
}
