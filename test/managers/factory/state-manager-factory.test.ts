import assert from 'node:assert/strict';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { DualWarning } from '../../../src/managers/dual-write/pair.js';
import { MigrationStateManager } from '../../../src/managers/dual-write/migration-state-manager.js';
import type { StateManagerOptions } from '../../../src/managers/factory/manager-options.js';
import { StateManagerFactory } from '../../../src/managers/factory/state-manager-factory.js';
import { JSONStateManager } from '../../../src/managers/json/json-state-manager.js';
import { observed } from '../../../src/managers/layers/observed.js';
import { LevelDBStateManager } from '../../../src/managers/leveldb/leveldb-state-manager.js';
import type { StateManager } from '../../../src/managers/state-manager.js';
import { UnifiedJSONStateManager } from '../../../src/managers/unified/unified-state-manager.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { emptyPlace, memoryContracts } from '../../support/memory-contracts.js';
import { template, type TempRepository } from '../../support/temp-repository.js';

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});

const unifiedFile = 'deployments/unified/bsctestnet.unified.json';
const plainFile = 'deployments/bsctestnet.json';
const contract = sampleContract('LookCoin', 97);

describe('a manager that finds its backend itself', () => {
  it('is LevelDB where there is nothing at all, and touches nothing', async (t) => {
    const temp = start(t);
    assert.ok((await made(t, temp)) instanceof LevelDBStateManager);
    assert.deepEqual(readdirSync(temp.path).sort(), ['.git', 'README.md']);
  });

  it('is JSON where there is nothing and it is preferred, and unified in a state root', async (t) => {
    const temp = start(t);
    assert.ok((await made(t, temp, { preferJSON: true })) instanceof JSONStateManager);
    temp.write('stateroot.config.json', '{}\n');
    assert.ok((await made(t, temp)) instanceof UnifiedJSONStateManager);
  });

  it('is what has the network: LevelDB, before it JSON, before it unified', async (t) => {
    const temp = start(t);
    mkdirSync(join(temp.path, 'deployments', 'unified'), { recursive: true });
    await putBy(temp, 'leveldb');
    assert.ok((await made(t, temp)) instanceof LevelDBStateManager);
    await putBy(temp, 'json');
    assert.ok((await made(t, temp)) instanceof JSONStateManager);
    assert.ok((await made(t, temp, { preferJSON: false })) instanceof LevelDBStateManager);
    await putBy(temp, 'unified');
    const manager = await made(t, temp);
    assert.ok(manager instanceof UnifiedJSONStateManager);
    assert.equal((await manager.getContract(97, 'LookCoin'))?.contractName, 'LookCoin');
  });

  it('is of its own network: what has another one does not count', async (t) => {
    const temp = start(t);
    await putBy(temp, 'unified');
    await putBy(temp, 'leveldb', sampleContract('LookCoin', 56), 'bscmainnet');
    const manager = await StateManagerFactory.createManager('bscmainnet', optionsOf(temp));
    t.after(() => manager.close());
    assert.ok(manager instanceof LevelDBStateManager);
  });

  for (const [what, file, backend] of [
    ['a plain JSON file', plainFile, 'json'],
    ['a unified file', unifiedFile, 'unified'],
  ] as const) {
    it(`passes over ${what} that cannot be read for a LevelDB that has the network, and says so`, async (t) => {
      const temp = start(t);
      await putBy(temp, 'leveldb');
      temp.write(file, '{ "half');
      const warnings: DualWarning[] = [];
      const onWarning = (warning: DualWarning) => warnings.push(warning);
      assert.ok((await made(t, temp, { onWarning })) instanceof LevelDBStateManager);
      assert.deepEqual(
        warnings.map((warning) => [warning.kind, warning.backend]),
        [['read-fallback', backend]],
      );
      await refuses([], made(t, temp, { enableFallback: false }));
      await refuses([], made(t, temp, { env: { ENABLE_FALLBACK: 'false' } }));
    });

    it(`refuses ${what} that cannot be read where nothing else has the network: an empty store would deploy again`, async (t) => {
      const temp = start(t);
      temp.write(file, '{ "half');
      await refuses([], made(t, temp));
    });
  }

  it('is LevelDB in an emergency, whatever is there', async (t) => {
    const temp = start(t);
    await putBy(temp, 'unified');
    for (const variable of ['EMERGENCY_ROLLBACK', 'FORCE_LEVELDB_FALLBACK']) {
      assert.ok((await made(t, temp, { env: { [variable]: 'true' } })) instanceof LevelDBStateManager);
    }
  });
});

describe('the factory', () => {
  it('makes what it is told to', async (t) => {
    const temp = start(t);
    assert.ok((await made(t, temp, { backend: 'json' })) instanceof JSONStateManager);
    assert.ok((await made(t, temp, { env: { STATE_BACKEND: 'unified' } })) instanceof UnifiedJSONStateManager);
    const factory = new StateManagerFactory(optionsOf(temp));
    assert.ok((await factory.createStateManager('leveldb')) instanceof LevelDBStateManager);
    assert.equal((await factory.createStateManager()).network, null);
  });

  it('makes dual-write of LevelDB and JSON, or unified in a state root, whichever is first', async (t) => {
    const temp = start(t);
    for (const [isRoot, primaryBackend, other] of [
      [false, 'leveldb', 'json'],
      [false, 'json', 'leveldb'],
      [true, 'leveldb', 'unified'],
    ] as const) {
      if (isRoot) temp.write('stateroot.config.json', '{}\n');
      const manager = await made(t, temp, { backend: 'dual-write', primaryBackend });
      assert.ok(manager instanceof MigrationStateManager);
      await manager.putContract(97, contract);
      const { primary, secondary } = manager.lastOutcome ?? {};
      assert.deepEqual([primary?.backend, secondary?.backend], [primaryBackend, other]);
      assert.equal((await manager.validateConsistency()).matches, 1);
      await manager.close();
    }
    assert.equal(
      readdirSync(temp.path).some((name) => name.includes('dual-write')),
      false,
    );
  });

  it('keeps what one side lacks in the git dir, where no commit takes it, for the next manager', async (t) => {
    const temp = start(t);
    temp.write('deployments', 'no folder, so JSON cannot write here');
    const warnings: DualWarning[] = [];
    const options: StateManagerOptions = { backend: 'dual-write', onWarning: (warning) => warnings.push(warning) };
    const manager = await made(t, temp, options);
    await manager.putContract(97, contract);
    await manager.close();
    assert.deepEqual(
      warnings.map(({ kind }) => kind),
      ['partial-write'],
    );
    assert.deepEqual(readdirSync(join(temp.path, '.git', 'stateroot', 'dual-write')), ['json+leveldb.jsonl']);
    temp.git('clean', '--quiet', '-f', 'deployments');
    const again = await made(t, temp, { ...options, primaryBackend: 'json' });
    assert.ok(again instanceof MigrationStateManager);
    assert.deepEqual(await again.repair(), { repaired: 1, left: [] });
    assert.equal((await again.validateConsistency()).matches, 1);
  });

  it('gives each backend its own options, and puts layers and cache around it', async (t) => {
    const temp = start(t);
    const seen: string[] = [];
    const layers = [observed({ onBefore: ({ operation }) => void seen.push(operation) })];
    const manager = await made(t, temp, { backend: 'json', layers, backends: { json: { basePath: 'elsewhere' } } });
    await manager.putContract(97, contract);
    await manager.getContract(97, 'LookCoin');
    await manager.getContract(97, 'LookCoin');
    assert.deepEqual(readdirSync(join(temp.path, 'elsewhere')), ['bsctestnet.json']);
    assert.ok(seen.includes('apply'));
    assert.ok(((await manager.getMetrics()).cacheHitRate ?? 0) > 0);
    const plain = await made(t, temp, { backend: 'json', enableCaching: false });
    await plain.getContract(97, 'LookCoin');
    assert.equal((await plain.getMetrics()).cacheHitRate, undefined);
  });

  it('takes registered backends: everywhere, or in one factory alone; as one of two, too', async (t) => {
    const temp = start(t);
    const place = emptyPlace();
    const factory = new StateManagerFactory({ ...optionsOf(temp), network: 'bsctestnet' });
    factory.registerBackend('mine', ({ network }) => {
      assert.equal(network, 'bsctestnet');
      return memoryContracts(place);
    });
    const manager = await factory.createStateManager('dual-write', {
      primaryBackend: 'json',
      secondaryBackend: 'mine',
    });
    t.after(() => manager.close());
    await manager.putContract(97, contract);
    assert.equal(place.contracts.size, 1);
    await refuses(['BAD_USAGE'], new StateManagerFactory(optionsOf(temp)).createStateManager('mine'));
    StateManagerFactory.registerBackend('everywhere-in-this-test', () => memoryContracts(place));
    const shared = await made(t, temp, { backend: 'everywhere-in-this-test' });
    assert.equal((await shared.getAllContracts(97)).length, 1);
  });

  it('tells what it would do, each value with where it comes from', async (t) => {
    const temp = start(t);
    await putBy(temp, 'json');
    const env = { ENABLE_CACHING: 'false', DEBUG_DUAL_WRITE: 'true' };
    const text = await StateManagerFactory.describeConfiguration('bsctestnet', {
      ...optionsOf(temp),
      env,
      enableFallback: true,
    });
    assert.equal(
      text,
      [
        'State manager for bsctestnet: json',
        '  because a plain JSON file has bsctestnet',
        '  backend           auto              default',
        '  primaryBackend    leveldb           default',
        '  secondaryBackend  by what is there  default',
        '  preferJSON        by what is there  default',
        '  enableFallback    true              option',
        '  enableCaching     false             ENABLE_CACHING',
        '  dualWriteEnabled  true              default',
        '  log               dual-write        DEBUG variables',
        '',
      ].join('\n'),
    );
  });

  it('says it where a variable has no effect', async (t) => {
    const temp = start(t);
    const warnings: DualWarning[] = [];
    const onWarning = (warning: DualWarning) => warnings.push(warning);
    await made(t, temp, { backend: 'json', env: { EMERGENCY_ROLLBACK: 'true' }, onWarning });
    assert.deepEqual(
      warnings.map(({ kind }) => kind),
      ['configuration'],
    );
  });
});

describe('a migration of a network', () => {
  it('is LevelDB first by default, and reads JSON first where it is told so', async (t) => {
    const temp = start(t);
    const options = { cwd: temp.path };
    const level = new MigrationStateManager('bsctestnet', undefined, options);
    await level.putContract(97, contract);
    assert.equal(level.lastOutcome?.primary.backend, 'leveldb');
    await level.close();
    const json = new MigrationStateManager('bsctestnet', 'json', options);
    t.after(() => json.close());
    await json.putContract(97, sampleContract('SupplyOracle', 97));
    assert.equal(json.lastOutcome?.primary.backend, 'json');
    assert.equal((await json.validateConsistency()).matches, 2);
  });

  it('migrates from LevelDB, whichever is first', async (t) => {
    for (const primary of ['leveldb', 'json'] as const) {
      const temp = start(t);
      await putBy(temp, 'leveldb');
      const manager = new MigrationStateManager('bsctestnet', primary, { cwd: temp.path });
      assert.equal((await manager.performBulkMigration()).migrated, 1);
      assert.equal((await manager.validateConsistency()).isConsistent, true);
      await manager.close();
    }
  });

  it('refuses what is no pair', () => {
    const make = (secondaryBackend: 'leveldb') =>
      new MigrationStateManager('bsctestnet', 'leveldb', { secondaryBackend, cwd: '/' });
    assert.throws(() => make('leveldb'), { code: 'BAD_USAGE' });
    assert.throws(() => new MigrationStateManager('bsctestnet', 'redis' as 'json', { cwd: '/' }), {
      code: 'BAD_USAGE',
    });
  });
});

function optionsOf(temp: TempRepository, options: StateManagerOptions = {}): StateManagerOptions {
  return { cwd: temp.path, env: {}, ...options, backends: { unified: { env: temp.env }, ...options.backends } };
}

async function made(t: TestContext, temp: TempRepository, options: StateManagerOptions = {}): Promise<StateManager> {
  const manager = await StateManagerFactory.createManager('bsctestnet', optionsOf(temp, options));
  t.after(() => manager.close());
  return manager;
}

async function putBy(temp: TempRepository, backend: string, given = contract, network = 'bsctestnet'): Promise<void> {
  const manager = await StateManagerFactory.createManager(network, { ...optionsOf(temp), backend });
  await manager.putContract(given.chainId, given);
  await manager.close();
}
