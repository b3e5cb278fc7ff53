import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { jsonContracts } from '../../src/managers/json/json-contracts.js';
import { JSONStateManager } from '../../src/managers/json/json-state-manager.js';
import { address, hash } from '../support/arbitrary-state.js';
import { refuses, sampleContract } from '../support/contracts.js';
import { sharedData } from '../support/shared-data.js';

const run = promisify(execFile);
const v1 = (network: string, chainId: number, contracts: object = {}) =>
  JSON.stringify({ network, chainId, contracts, implementationHashes: {}, lastDeployed: '2025-08-01T20:18:50.055Z' });
const token = { LookCoin: { proxy: address(1), implementation: address(2) } };

describe('the files of a plain folder', () => {
  it('are the deployment files; what lies beside them is not looked at', async (t) => {
    const clutter = [
      'bsctestnet.json.backup',
      'bsctestnet.unified.json',
      'bsctestnet.unified.backup-1755000000000.json',
      'bsctestnet.backup-1755000000000.json',
      'bsctestnet-1755000000000.json',
      'config-bsctestnet.json',
      'enhanced-bscmainnet.json',
      'test-deployment.json.json',
      '.hidden.json',
      'cleanup-report-1.json',
      'BACKUP_MANIFEST.json',
    ];
    const cwd = await folder(t, {
      'bsctestnet.json': v1('bsctestnet', 97, token),
      'addresses.json': '{"LookCoin": "0x1"}',
      ...Object.fromEntries(clutter.map((name) => [name, '{ not even JSON'])),
    });
    const store = jsonContracts({ cwd });
    assert.deepEqual(
      (await store.list()).map(({ contractName }) => contractName),
      ['LookCoin'],
    );
    assert.deepEqual(await store.inspect(), []);
  });

  it('are found under a display name, a spelling, an old file name, and by a wrong name for their chain', async (t) => {
    const cwd = await folder(t, {
      'bsc-testnet.json': v1('BSC Testnet', 97, token),
      'sapphiremainnet.json': v1('sapphiremainnet', 23295, token),
    });
    for (const network of ['bsctestnet', 'bscTestnet', 'bsc-testnet', 'BSC Testnet']) {
      assert.notEqual(await new JSONStateManager(network, { cwd }).getContract(address(1)), null, network);
    }
    assert.notEqual(
      await jsonContracts({ cwd }).read({ chainId: 23295, network: 'sapphiretestnet' }, 'LookCoin'),
      null,
    );
    const store = jsonContracts({ cwd });
    await store.apply([
      { kind: 'put', scope: { chainId: 97, network: 'bsctestnet' }, contract: sampleContract('A', 97) },
    ]);
    assert.deepEqual((await readdir(join(cwd, 'deployments'))).sort(), ['bsc-testnet.json', 'sapphiremainnet.json']);
  });

  it('are ambiguous where two are of one chain, unless the network is named', async (t) => {
    const cwd = await folder(t, {
      'bsc-testnet.json': v1('BSC Testnet', 97),
      'bsctestnet.json': v1('bsctestnet', 97, token),
    });
    await refuses(['CHAIN_AMBIGUOUS'], jsonContracts({ cwd }).read({ chainId: 97 }, 'LookCoin'));
    assert.notEqual(await jsonContracts({ cwd }).read({ chainId: 97, network: 'bsctestnet' }, 'LookCoin'), null);
    assert.notEqual(await new JSONStateManager('bsctestnet', { cwd }).getContract(97, 'LookCoin'), null);
    assert.deepEqual(
      (await jsonContracts({ cwd }).inspect()).map(({ severity, key }) => [severity, key]),
      [
        ['error', 'deployments/bsc-testnet.json'],
        ['error', 'deployments/bsctestnet.json'],
      ],
    );
  });

  it('of an environment are of their own', async (t) => {
    const cwd = await folder(t, { 'bsctestnet.json': v1('bsctestnet', 97, token) });
    const scope = { chainId: 97, network: 'bsctestnet.staging' };
    const store = jsonContracts({ cwd });
    assert.equal(await store.read(scope, 'LookCoin'), null);
    await store.apply([{ kind: 'put', scope, contract: sampleContract('LookCoin', 97) }]);
    assert.equal((await store.read({ chainId: 97 }, 'LookCoin'))?.proxyAddress, address(1));
    assert.notEqual((await store.read(scope, 'LookCoin'))?.proxyAddress, address(1));
  });

  it('cannot be left by the name of a network', async (t) => {
    const cwd = await folder(t, {});
    for (const network of ['../outside', '/tmp/outside', 'a/b', '..']) {
      const manager = new JSONStateManager(network, { cwd, chainId: 31337 });
      await refuses(
        ['NETWORK_NAME_INVALID'],
        manager.getContract(31337, 'A').then(() => manager.getContract(address(1))),
      );
      const scope = { chainId: 31337, network };
      await refuses(
        ['NETWORK_NAME_INVALID'],
        manager.store.apply([{ kind: 'put', scope, contract: sampleContract('A', 31337) }]),
      );
    }
  });

  it('of the real deployments are read, infrastructure without a record of its own too', async (t) => {
    const data = sharedData('lookcoin', 'legacy-json');
    if (data === null) {
      t.skip('shared data is not here');
      return;
    }
    const cwd = await folder(t, {});
    await cp(data, join(cwd, 'deployments'), { recursive: true });
    const store = jsonContracts({ cwd });
    const names = async (chainId: number) => (await store.list({ chainId })).map(({ contractName }) => contractName);
    assert.deepEqual(await names(56), [
      'CelerIMModule',
      'CrossChainRouter',
      'FeeManager',
      'LayerZeroModule',
      'LookCoin',
      'ProtocolRegistry',
      'SecurityManager',
      'SupplyOracle',
    ]);
    assert.deepEqual(
      (await store.inspect()).filter(({ severity }) => severity === 'error'),
      [],
    );
    const before = await readFile(join(cwd, 'deployments', 'bscmainnet.json'), 'utf8');
    const contract = await store.read({ chainId: 56 }, 'LookCoin');
    assert.ok(contract !== null);
    assert.deepEqual(await store.apply([{ kind: 'put', scope: { chainId: 56 }, contract }]), [false]);
    assert.equal(await readFile(join(cwd, 'deployments', 'bscmainnet.json'), 'utf8'), before);
  });
});

describe('what of a plain folder cannot be read', () => {
  const scope = { chainId: 97, network: 'bsctestnet' };

  it('is refused with its place', async (t) => {
    const cases: [string, string, string, string][] = [
      ['{\n  "network": }', 'JSON_PARSE_ERROR', 'JSON-002', 'deployments/bsctestnet.json:2:14'],
      ['', 'JSON_PARSE_ERROR', 'JSON-002', 'deployments/bsctestnet.json:1:1'],
      ['{\n  "chainId": 97,\n  "contracts": []\n}', 'JSON_LOAD_ERROR', 'JSON-003', 'deployments/bsctestnet.json:3:16'],
      ['[]', 'JSON_LOAD_ERROR', 'JSON-003', 'deployments/bsctestnet.json:1:1'],
      ['{}', 'JSON_LOAD_ERROR', 'JSON-003', 'deployments/bsctestnet.json:1:1'],
      [
        '{"schemaVersion":"3.0.0","network":"bsctestnet","chainId":97,"contracts":{}}',
        'JSON_LOAD_ERROR',
        'JSON-003',
        'deployments/bsctestnet.json:1:18',
      ],
    ];
    for (const [text, code, reference, place] of cases) {
      const cwd = await folder(t, { 'bsctestnet.json': text });
      const store = jsonContracts({ cwd });
      for (const attempt of [
        () => store.read(scope, 'A'),
        () => store.read({ chainId: 97 }, 'A'),
        () => store.list(),
        () => store.chainOf('bsctestnet'),
        () => store.apply([{ kind: 'put', scope, contract: sampleContract('A', 97) }]),
      ]) {
        const error = await refuses([code], attempt());
        assert.equal(error.details['reference'], reference);
        assert.equal(error.details['place'], place);
      }
      assert.equal((await store.inspect())[0]?.severity, 'error');
      assert.equal(await readFile(join(cwd, 'deployments', 'bsctestnet.json'), 'utf8'), text);
    }
  });

  it('is refused where it is a folder, or stands in the place of one', async (t) => {
    const cwd = await folder(t, {});
    await mkdir(join(cwd, 'deployments', 'bsctestnet.json'));
    const error = await refuses(['JSON_LOAD_ERROR'], jsonContracts({ cwd }).read(scope, 'A'));
    assert.equal(error.details['reference'], 'JSON-001');
    const other = await folder(t, {});
    await rm(join(other, 'deployments'), { recursive: true });
    await writeFile(join(other, 'deployments'), 'a file');
    await refuses(['JSON_LOAD_ERROR'], jsonContracts({ cwd: other }).read(scope, 'A'));
    await refuses(
      ['JSON_LOAD_ERROR', 'JSON_WRITE_ERROR'],
      jsonContracts({ cwd: other }).apply([{ kind: 'put', scope, contract: sampleContract('A', 97) }]),
    );
  });

  it('does not hide the files of other chains', async (t) => {
    const cwd = await folder(t, { 'bscmainnet.json': '{', 'bsctestnet.json': v1('bsctestnet', 97, token) });
    assert.notEqual(await jsonContracts({ cwd }).read({ chainId: 97 }, 'LookCoin'), null);
    await refuses(['JSON_PARSE_ERROR'], jsonContracts({ cwd }).read({ chainId: 56 }, 'LookCoin'));
    await refuses(['JSON_PARSE_ERROR'], jsonContracts({ cwd }).list());
  });

  it('is never "not there" for a contract, while another of the file is still read', async (t) => {
    const cwd = await folder(t, { 'bsctestnet.json': v1('bsctestnet', 97, { ...token, Bad: 'text' }) });
    const store = jsonContracts({ cwd });
    assert.notEqual(await store.read(scope, 'LookCoin'), null);
    await refuses(['JSON_LOAD_ERROR'], store.read(scope, 'Bad'));
    await refuses(['JSON_LOAD_ERROR'], store.list(scope));
  });

  it('is named by inspect: addresses, hashes, chains, twins, files', async (t) => {
    const cwd = await folder(t, {
      'bsctestnet.json': JSON.stringify({
        network: 'bsctestnet',
        chainId: 97,
        contracts: {
          A: { proxy: '0xefgh', implementation: address(1).replace('a1', 'A1') },
          B: { proxy: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Beaed'.replace('aA', 'Aa'), implementation: address(2) },
          C: { proxy: address(3), implementation: address(4), chainId: 56 },
          D: {},
        },
        implementationHashes: { A: 'pending', B: '0xlargeimpl' },
      }),
    });
    const keys = (await jsonContracts({ cwd }).inspect()).map(({ severity, key }) => `${severity} ${key}`);
    assert.deepEqual(keys, ['error 97-A', 'error 97-B', 'error 97-B', 'error 97-B', 'error 97-C', 'error 97-D']);
  });
});

describe('a write of plain files', () => {
  it('by two processes at once loses nothing', async (t) => {
    const cwd = await folder(t, { 'bsctestnet.json': v1('bsctestnet', 97, token) });
    const program = `
      const { JSONStateManager } = await import(${JSON.stringify(pathToFileURL(managerModule).href)});
      const [cwd, prefix] = process.argv.slice(1);
      const manager = new JSONStateManager('bsctestnet', { cwd, lockTimeout: 60000 });
      for (let n = 0; n < 30; n += 1) {
        const address = '0x' + (prefix === 'a' ? 'a' : 'b').repeat(37) + String(n).padStart(3, '0');
        await manager.putContract(97, { contractName: prefix + n, chainId: 97, address });
      }
      await manager.close();`;
    const args = (prefix: string) => ['--input-type=module', '-e', program, cwd, prefix];
    await Promise.all(['a', 'b'].map((prefix) => run(process.execPath, args(prefix))));
    assert.equal((await jsonContracts({ cwd }).list()).length, 61);
    assert.deepEqual(await readdir(join(cwd, 'deployments')), ['bsctestnet.json']);
  });

  it('that is killed leaves the file whole, and the next one goes through and clears up', async (t) => {
    const cwd = await folder(t, { 'bsctestnet.json': v1('bsctestnet', 97, token) });
    for (const delay of [5, 20, 35, 50]) {
      const writer = spawn(process.execPath, ['--input-type=module', '-e', endless, cwd], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(writer.stdout, 'data');
      await sleep(delay);
      const ended = once(writer, 'exit');
      writer.kill('SIGKILL');
      await ended;
      const store = jsonContracts({ cwd });
      const acknowledged = await store.list();
      assert.ok(acknowledged.length >= 2);
      await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: sampleContract(`After${delay}`, 97) }]);
      // A contender that is killed before it announces itself leaves its temporary in the folder of the lock for a minute.
      const names = (await readdir(join(cwd, 'deployments'))).filter((name) => name !== '.stateroot-lock');
      assert.deepEqual(names, ['bsctestnet.json']);
    }
  });

  it('waits for a living lock and says who has it; a dead one is passed over', async (t) => {
    const cwd = await folder(t, { 'bsctestnet.json': v1('bsctestnet', 97) });
    const locks = join(cwd, 'deployments', '.stateroot-lock');
    await mkdir(locks);
    const lock = {
      id: 'ff',
      operation: 'test',
      startedAt: 'now',
      pid: 1,
      host: 'elsewhere',
      startTime: '1',
      bootId: 'other',
      pidNamespace: 'other',
      machineId: null,
    };
    await writeFile(join(locks, 'lock.ff.json'), JSON.stringify(lock));
    const store = jsonContracts({ cwd, lockTimeout: 50 });
    const put = () => store.apply([{ kind: 'put', scope: { chainId: 97 }, contract: sampleContract('A', 97) }]);
    const error = await refuses(['BUSY'], put());
    assert.equal(error.details['host'], 'elsewhere');
    assert.deepEqual(await store.list(), []);
    const { thisProcess } = await import('../../src/git/write/process-identity.js');
    await writeFile(join(locks, 'lock.ff.json'), JSON.stringify({ ...lock, ...(await thisProcess()), startTime: '1' }));
    assert.deepEqual(await put(), [true]);
  });

  it('of several files puts back the ones before where one cannot be written', async (t) => {
    const cwd = await folder(t, {
      'bsctestnet.json': v1('bsctestnet', 97, token),
      'bscmainnet.json': v1('bscmainnet', 56),
    });
    const read = (name: string) => readFile(join(cwd, 'deployments', name), 'utf8');
    const before = [await read('bsctestnet.json'), await read('bscmainnet.json')];
    const changes = [
      { kind: 'put' as const, scope: { chainId: 97 }, contract: sampleContract('A', 97) },
      { kind: 'put' as const, scope: { chainId: 84532 }, contract: sampleContract('A', 84532) },
      { kind: 'put' as const, scope: { chainId: 56 }, contract: sampleContract('A', 56) },
    ];
    // A folder where the backup of the last file belongs.
    await mkdir(join(cwd, 'deployments', 'bscmainnet.json.backup'));
    await refuses(['JSON_WRITE_ERROR'], jsonContracts({ cwd, backup: true }).apply(changes));
    assert.deepEqual([await read('bsctestnet.json'), await read('bscmainnet.json')], before);
    assert.deepEqual((await readdir(join(cwd, 'deployments'))).sort(), [
      'bscmainnet.json',
      'bscmainnet.json.backup',
      'bsctestnet.json',
      'bsctestnet.json.backup',
    ]);
  });

  it('keeps the form that is there, the mode, and a backup when it is asked for', async (t) => {
    const v2 = {
      version: '2.0.0',
      network: 'bsctestnet',
      chainId: 97,
      timestamp: '2025-08-12T10:30:00.000Z',
      contracts: {},
      protocols: { x: 1 },
    };
    const text = JSON.stringify(v2);
    const cwd = await folder(t, { 'bsctestnet.json': text });
    const path = join(cwd, 'deployments', 'bsctestnet.json');
    const change = { kind: 'put' as const, scope: { chainId: 97 }, contract: sampleContract('A', 97) };
    await jsonContracts({ cwd, backup: true }).apply([change]);
    const written = JSON.parse(await readFile(path, 'utf8')) as typeof v2;
    assert.deepEqual({ ...written, contracts: {} }, v2);
    assert.equal(Object.values(written.contracts).length, 1);
    assert.equal(await readFile(`${path}.backup`, 'utf8'), text);
    assert.equal((await stat(path)).mode & 0o777, 0o644);
  });

  it('that is private is for its owner alone, and so is the folder that it makes', async (t) => {
    const cwd = await folder(t, {});
    const change = { kind: 'put' as const, scope: { chainId: 97 }, contract: sampleContract('A', 97) };
    await jsonContracts({ cwd, basePath: 'secret', private: true }).apply([change]);
    assert.equal((await stat(join(cwd, 'secret'))).mode & 0o777, 0o700);
    assert.equal((await stat(join(cwd, 'secret', 'bsctestnet.json'))).mode & 0o777, 0o600);
  });

  it('of somebody else is seen by the next read, the same size and time notwithstanding', async (t) => {
    const cwd = await folder(t, { 'bsctestnet.json': v1('bsctestnet', 97, token) });
    const path = join(cwd, 'deployments', 'bsctestnet.json');
    const past = new Date('2025-01-01T00:00:00Z');
    await utimes(path, past, past);
    const store = jsonContracts({ cwd });
    assert.equal((await store.read({ chainId: 97 }, 'LookCoin'))?.address, address(2));
    await writeFile(path, v1('bsctestnet', 97, { LookCoin: { proxy: address(1), implementation: address(3) } }));
    await utimes(path, past, past);
    assert.equal((await store.read({ chainId: 97 }, 'LookCoin'))?.address, address(3));
  });

  it('reads the hash of both schemes back', async (t) => {
    const cwd = await folder(t, {});
    const contract = sampleContract('A', 97, { factoryByteCodeHash: hash(1), implementationHash: hash(2) });
    const store = jsonContracts({ cwd });
    await store.apply([{ kind: 'put', scope: { chainId: 97 }, contract }]);
    assert.deepEqual(await store.read({ chainId: 97 }, 'A'), contract);
  });
});

const managerModule = join(import.meta.dirname, '..', '..', 'src', 'managers', 'json', 'json-state-manager.js');

/** Writes until it is killed; says so after the first write. */
const endless = `
  const { JSONStateManager } = await import(${JSON.stringify(pathToFileURL(managerModule).href)});
  const manager = new JSONStateManager('bsctestnet', { cwd: process.argv[1] });
  for (let n = 0; ; n += 1) {
    await manager.putContract(97, { contractName: 'C' + (n % 50), chainId: 97, address: '0x' + 'a'.repeat(40), n });
    if (n === 0) process.stdout.write('.');
  }`;

async function folder(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await mkdtemp(join(tmpdir(), 'stateroot-json-'));
  t.after(() => rm(cwd, { recursive: true, force: true }));
  await mkdir(join(cwd, 'deployments'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(cwd, 'deployments', name), text);
  return cwd;
}
