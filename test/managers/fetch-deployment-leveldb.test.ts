import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { levelContracts } from '../../src/managers/leveldb/level-contracts.js';
import { manifestsIn } from '../../src/managers/manifests.js';
import { StateManager } from '../../src/managers/state-manager.js';
import { temporaryFolder } from '../support/leveldb-store.js';
import { sharedData } from '../support/shared-data.js';

const otherHash = `0x${'0123456789abcdef'.repeat(4)}`;
const names = new Map([
  ['bscmainnet', 56],
  ['bsctestnet', 97],
  ['sapphiretestnet', 23295],
  ['basesepolia', 84532],
  ['optimismsepolia', 11155420],
]);

/** A project as the deploy scripts left it: `leveldb/` and `.openzeppelin/`. Null when the shared data is not here. */
function project(t: TestContext, { manifests = false } = {}): string | null {
  const [store, openzeppelin] = [sharedData('lookcoin', 'leveldb'), sharedData('lookcoin', 'openzeppelin')];
  if (store === null || openzeppelin === null) {
    t.skip('shared data is not here');
    return null;
  }
  const cwd = temporaryFolder(t);
  const into = { leveldb: store, ...(manifests ? { '.openzeppelin': openzeppelin } : {}) };
  for (const [folder, source] of Object.entries(into)) {
    mkdirSync(join(cwd, folder), { recursive: true });
    for (const name of readdirSync(source)) writeFileSync(join(cwd, folder, name), readFileSync(join(source, name)));
  }
  return cwd;
}

function managerIn(t: TestContext, cwd: string, network: string): StateManager {
  const store = levelContracts({ path: join(cwd, 'leveldb') });
  const manager = new StateManager({ network, manifests: manifestsIn(cwd) }, store);
  t.after(() => manager.close());
  return manager;
}

describe('the decision on the real LevelDB', () => {
  it('is unchanged and upgrade for each of its 26 records, and never deploy', async (t) => {
    const cwd = project(t);
    if (cwd === null) return;
    const decided: string[] = [];
    for (const [network, chainId] of names) {
      const manager = managerIn(t, cwd, network);
      for (const { contractName, implementationHash } of await manager.getAllContracts(chainId)) {
        const args = { contractName, implementationHash: implementationHash ?? '' };
        const own = await manager.fetchDeployOrUpgradeProxy(args);
        const other = await manager.fetchDeployOrUpgradeProxy({ ...args, implementationHash: otherHash });
        assert.deepEqual([own.action, other.action], ['unchanged', 'upgrade'], `${network} ${contractName}`);
        assert.equal(own.proxyAddress, other.proxyAddress);
        decided.push(contractName);
      }
    }
    assert.equal(decided.length, 26);
  });

  it('knows the scheme of its hashes where the manifests stand beside it', async (t) => {
    const cwd = project(t, { manifests: true });
    if (cwd === null) return;
    const args = { contractName: 'LookCoin', implementationHash: otherHash };
    const manager = managerIn(t, cwd, 'basesepolia');
    const runtime = await manager.fetchDeployOrUpgradeProxy({ ...args, hashScheme: 'runtime-nometa' });
    assert.deepEqual([runtime.action, runtime.hashScheme], ['upgrade', 'runtime-nometa']);
    const creation = await manager.fetchDeployOrUpgradeProxy({ ...args, hashScheme: 'creation-nometa' });
    assert.deepEqual([creation.action, creation.hashScheme], ['upgrade', 'creation-nometa']);
    assert.notEqual(creation.currentHash, runtime.currentHash);
  });

  it('deploys what is new, and not beside a record that is broken', async (t) => {
    const cwd = project(t);
    if (cwd === null) return;
    const args = { contractName: 'Vault', implementationHash: otherHash };
    assert.equal((await managerIn(t, cwd, 'bsctestnet').fetchDeployOrUpgradeProxy(args)).action, 'deploy');
    for (const contractName of ['Vault', 'LookCoin']) {
      // Two records of this chain have addresses that are none.
      const decision = await managerIn(t, cwd, 'hardhat').fetchDeployOrUpgradeProxy({ ...args, contractName });
      assert.deepEqual([decision.action, decision.error?.code], ['blocked', 'STATE_INVALID']);
    }
  });

  it('is blocked for every record while the database is damaged', async (t) => {
    const cwd = project(t);
    if (cwd === null) return;
    const folder = join(cwd, 'leveldb');
    const manifest = readdirSync(folder).find((name) => name.startsWith('MANIFEST')) ?? '';
    truncateSync(join(folder, manifest), 7);
    const decision = await managerIn(t, cwd, 'bscmainnet').fetchDeployOrUpgradeProxy({
      contractName: 'LookCoin',
      implementationHash: otherHash,
    });
    assert.equal(decision.action, 'blocked', JSON.stringify(decision));
  });

  it('is blocked where the database lost its first file', async (t) => {
    const cwd = project(t);
    if (cwd === null) return;
    rmSync(join(cwd, 'leveldb', 'CURRENT'));
    const args = { contractName: 'LookCoin', implementationHash: otherHash };
    assert.equal((await managerIn(t, cwd, 'bscmainnet').fetchDeployOrUpgradeProxy(args)).action, 'blocked');
  });
});
