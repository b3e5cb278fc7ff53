import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { ContractType } from '../../../src/core/model/contract-type.js';
import type { ContractStore } from '../../../src/managers/contract-store.js';
import {
  type MigrationManagerOptions,
  MigrationStateManager,
} from '../../../src/managers/dual-write/migration-state-manager.js';
import type { IStateManager } from '../../../src/managers/istate-manager.js';
import { StateManager } from '../../../src/managers/state-manager.js';
import { refuses, sampleContract } from '../../support/contracts.js';
import { named } from '../../support/dual-stores.js';
import { temporaryFolder } from '../../support/leveldb-store.js';
import { stateManagerSuite } from '../state-manager-suite.js';

const network = 'bsctestnet';
const scope = { chainId: 97, network };

stateManagerSuite('migration of two in memory', async (t) => {
  const [source, target] = [named('old'), named('new')];
  const queueFile = join(temporaryFolder(t), 'queue.jsonl');
  return Promise.resolve(
    (bound, { chainId } = {}) =>
      new MigrationStateManager(
        new StateManager({ network: bound, chainId }, source),
        new StateManager({ network: bound, chainId }, target),
        { queueFile },
      ),
  );
});

describe('a migration of two managers', () => {
  it('is of their network and chain, and writes the target first', async (t) => {
    const order: string[] = [];
    const watched = (type: string): ContractStore => {
      const store = named(type);
      return { ...store, apply: (changes) => (order.push(type), store.apply(changes)) };
    };
    const { manager } = migration(t, {}, { source: watched('old'), target: watched('new') });
    assert.equal(manager.network, network);
    assert.equal(manager.getBackendType(), 'dual-write');
    await manager.putContract(97, sampleContract('LookCoin', 97));
    assert.deepEqual(order, ['new', 'old']);
  });

  it('deploys nothing again that only the source knows before it was migrated', async (t) => {
    const source = named('old');
    await source.apply([{ kind: 'put', scope, contract: sampleContract('LookCoin', 97) }]);
    const { manager } = migration(t, {}, { source });
    const implementationHash = `0x${'1'.repeat(64)}`;
    const decision = (contractName: string) => manager.fetchDeployOrUpgradeProxy({ contractName, implementationHash });
    assert.equal(await manager.getContract(97, 'LookCoin'), null);
    const blocked = await decision('LookCoin');
    assert.deepEqual([blocked.action, blocked.error?.code], ['blocked', 'STATE_INVALID']);
    assert.equal((await decision('SomethingNew')).action, 'deploy');
    await manager.performBulkMigration();
    assert.equal((await decision('LookCoin')).action, 'upgrade');
  });

  it('tells by lastOutcome, pendingRepairs and repair what became of a write', async (t) => {
    const broken = { ...named('old'), apply: () => Promise.reject(new Error('full')) };
    const warnings: string[] = [];
    const { manager } = migration(t, { onWarning: ({ kind }) => warnings.push(kind) }, { source: broken });
    const before = manager.lastOutcome;
    assert.equal(before, null);
    await manager.putContract(97, sampleContract('LookCoin', 97));
    assert.equal(manager.lastOutcome?.secondary.result, 'failed');
    assert.deepEqual(warnings, ['partial-write']);
    const [pending] = await manager.pendingRepairs();
    assert.deepEqual([pending?.backend, pending?.reason], ['old', 'full']);
    assert.equal((await manager.repair()).left.length, 1);
  });

  it('warns by the process where nobody listens', async (t) => {
    const broken = { ...named('old'), apply: () => Promise.reject(new Error('full')) };
    const { manager } = migration(t, {}, { source: broken });
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    await manager.putContract(97, sampleContract('LookCoin', 97));
    assert.match((await warned).message, /97-LookCoin/);
  });

  it('reads the target with the source behind it, and writes the target alone, where dual-write is off', async (t) => {
    const { manager, source, target } = migration(t, { dualWriteEnabled: false });
    await manager.putContract(97, sampleContract('LookCoin', 97));
    assert.equal((await target.list()).length, 1);
    assert.deepEqual(await source.list(), []);
  });

  it('takes a manager that is none of ours by the documents’ interface', async (t) => {
    const inner = new StateManager({ network }, named('foreign'));
    const foreign = foreignOf(inner);
    const target = named('new');
    const manager = new MigrationStateManager(foreign, new StateManager({ network }, target), {
      queueFile: join(temporaryFolder(t), 'queue.jsonl'),
    });
    await manager.putContract(97, sampleContract('LookCoin', 97, { deploymentArgs: [5n] }));
    await manager.importAll(await new StateManager({ network }, await twoContracts()).exportAll());
    assert.deepEqual(await inner.store.list(), await target.list());
    assert.equal(await manager.deleteContract(97, 'LookCoin'), true);
    assert.equal(await inner.hasContract(97, 'LookCoin'), false);
    assert.equal((await manager.validateConsistency()).isConsistent, true);
  });
});

describe('a bulk migration', () => {
  it('puts what only the source has into the target, and says how many there are', async (t) => {
    const { manager, source, target } = migration(t);
    await source.apply(['A', 'B', 'C'].map((name) => put(sampleContract(name, 97))));
    await target.apply([put(sampleContract('B', 97))]);
    const { duration, ...result } = await manager.performBulkMigration();
    assert.deepEqual(result, { contractCount: 3, migrated: 2, unchanged: 1 });
    assert.ok(duration >= 0);
    assert.equal((await manager.validateConsistency()).isConsistent, true);
    assert.equal((await manager.performBulkMigration()).migrated, 0);
  });

  it('is of the manager’s network; of everything where it has none', async (t) => {
    for (const [bound, count] of [
      [network, 1],
      [null, 2],
    ] as const) {
      const { manager, source } = migration(t, {}, { network: bound });
      await source.apply([put(sampleContract('A', 97))]);
      await source.apply([{ kind: 'put', scope: { chainId: 56 }, contract: sampleContract('A', 56) }]);
      assert.equal((await manager.performBulkMigration()).contractCount, count);
    }
  });

  it('refuses to overwrite what differs, and does it when told', async (t) => {
    const { manager, source, target } = migration(t);
    await source.apply([put(sampleContract('A', 97, { timestamp: 1_754_079_530_001 })), put(sampleContract('B', 97))]);
    await target.apply([put(sampleContract('A', 97))]);
    const error = await refuses(['CONFLICT'], manager.performBulkMigration());
    assert.deepEqual(error.details['keys'], ['97-A']);
    assert.equal((await target.list()).length, 1);
    assert.equal((await manager.performBulkMigration({ overwrite: true })).migrated, 2);
    assert.equal((await manager.validateConsistency()).isConsistent, true);
  });

  it('is MIGRATION_FAILED where the target does not take it', async (t) => {
    const full = { ...named('new'), apply: () => Promise.reject(new Error('full')) };
    const { manager, source } = migration(t, {}, { target: full });
    await source.apply([put(sampleContract('A', 97))]);
    const error = await refuses(['MIGRATION_FAILED'], manager.performBulkMigration());
    assert.equal(error.details['reference'], 'MIGRATION-001');
  });

  it('is refused while the source lacks what is queued for it', async (t) => {
    const full = { ...named('old'), apply: () => Promise.reject(new Error('full')) };
    const { manager } = migration(t, { onWarning: () => undefined }, { source: full });
    await manager.putContract(97, sampleContract('A', 97));
    await refuses(['BACKEND_UNAVAILABLE'], manager.performBulkMigration());
  });
});

describe('a report of consistency', () => {
  it('has each difference of each contract, both ways', async (t) => {
    const { manager, source, target } = migration(t);
    const same = sampleContract('Same', 97);
    await source.apply([
      put(same),
      put(sampleContract('Only', 97)),
      put(sampleContract('LookCoin', 97, { deploymentArgs: [1, { cap: 2n }], note: 'a/b' })),
    ]);
    await target.apply([
      put({ ...same, checksum: 'sha256:00', proxyAddress: same.proxyAddress?.toUpperCase().replace('0X', '0x') }),
      put(sampleContract('Extra', 97)),
      put(sampleContract('LookCoin', 97, { deploymentArgs: [1, { cap: 3n }], timestamp: 1_754_079_530_057 })),
    ]);
    const { mismatches, ...report } = await manager.validateConsistency();
    assert.deepEqual(report, {
      isConsistent: false,
      sourceCount: 3,
      targetCount: 3,
      matches: 1,
      missing: ['97-Only'],
      extra: ['97-Extra'],
    });
    const [mismatch] = mismatches;
    assert.equal(mismatches.length, 1);
    assert.equal(mismatch?.key, '97-LookCoin');
    assert.equal(mismatch.address, sampleContract('LookCoin', 97).proxyAddress);
    assert.deepEqual(mismatch.differences, [
      { path: '/deploymentArgs/1/cap/_value', before: '2', after: '3' },
      { path: '/note', before: 'a/b' },
      { path: '/timestamp', before: 1_754_079_530_056, after: 1_754_079_530_057 },
    ]);
  });
});

function migration(
  t: TestContext,
  options: MigrationManagerOptions = {},
  given: { source?: ContractStore; target?: ContractStore; network?: string | null } = {},
) {
  const { source = named('old'), target = named('new') } = given;
  const bound = given.network === undefined ? network : given.network;
  const manager = new MigrationStateManager(
    new StateManager({ network: bound }, source),
    new StateManager({ network: bound }, target),
    { queueFile: join(temporaryFolder(t), 'queue.jsonl'), ...options },
  );
  return { manager, source, target };
}

async function twoContracts(): Promise<ContractStore> {
  const store = named('other');
  await store.apply([put(sampleContract('One', 97)), put(sampleContract('Two', 97))]);
  return store;
}

function put(contract: ContractType) {
  return { kind: 'put', scope: { ...scope, chainId: contract.chainId }, contract } as const;
}

/** Nothing of our class: only what the interface has. */
function foreignOf(manager: StateManager): IStateManager {
  const methods = Object.getOwnPropertyNames(StateManager.prototype).filter((name) => name !== 'constructor');
  const bound = methods.map((name): [string, unknown] => {
    const value: unknown = Reflect.get(manager, name);
    return [name, typeof value === 'function' ? value.bind(manager) : value];
  });
  return { network: manager.network, ...Object.fromEntries(bound) } as unknown as IStateManager;
}
