import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { isReject, readEntry } from '../../src/core/legacy/read-entry.js';
import type { ContractType } from '../../src/core/model/contract-type.js';
import { type ErrorCode, StateManagerError } from '../../src/errors.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import type { ContractStore } from '../../src/managers/contract-store.js';
import { fetchDeployOrUpgradeProxy } from '../../src/managers/fetch-deployment.js';
import { type Manifests, manifestsIn } from '../../src/managers/manifests.js';
import { StateManager } from '../../src/managers/state-manager.js';
import { emptyPlace, memoryContracts } from '../support/memory-contracts.js';
import { sharedData } from '../support/shared-data.js';

const hash = `0x${'a'.repeat(64)}`;
const otherHash = `0x${'0123456789abcdef'.repeat(4)}`;
const token: ContractType = {
  contractName: 'LookCoin',
  chainId: 97,
  networkName: 'bsctestnet',
  address: '0x5838A9f96E72eA83317D155F31AB660832533bAB',
  proxyAddress: '0xB8B7604628F37D611e82D22609ACE0Ca01A14e2D',
  factoryByteCodeHash: hash,
  implementationHash: hash,
};
const asked = { contractName: 'LookCoin', implementationHash: hash, constructorArgs: ['LookCoin', 'LOOK'] };

async function storeOf(contracts: readonly ContractType[]): Promise<ContractStore> {
  const store = memoryContracts(emptyPlace());
  await store.apply(
    contracts.map((contract) => ({ kind: 'put', scope: { chainId: contract.chainId }, contract }) as const),
  );
  return store;
}

async function managerOf(
  contracts: readonly ContractType[],
  replaced: Partial<ContractStore> = {},
  network: string | null = 'bsctestnet',
) {
  return new StateManager({ network }, { ...(await storeOf(contracts)), ...replaced });
}

function failing(code: ErrorCode = 'LEVELDB_READ_ERROR') {
  return () => Promise.reject(new StateManagerError(code, 'the store is gone', { hint: 'look for it' }));
}

describe('fetchDeployOrUpgradeProxy', () => {
  it('decides in the words of the documents', async () => {
    const manager = await managerOf([token]);
    const unchanged = await manager.fetchDeployOrUpgradeProxy(asked);
    assert.deepEqual(
      [unchanged.action, unchanged.proxyAddress, unchanged.chainId],
      ['unchanged', token.proxyAddress, 97],
    );
    assert.deepEqual(unchanged.constructorArgs, asked.constructorArgs);
    const upgrade = await manager.fetchDeployOrUpgradeProxy({ ...asked, implementationHash: otherHash });
    assert.deepEqual([upgrade.action, upgrade.proxyAddress], ['upgrade', token.proxyAddress]);
    const deploy = await manager.fetchDeployOrUpgradeProxy({ ...asked, contractName: 'Vault' });
    assert.deepEqual([deploy.action, deploy.proxyAddress, deploy.network], ['deploy', undefined, 'bsctestnet']);
  });

  it('is a free function too', async () => {
    const manager = await managerOf([token]);
    assert.deepEqual(await fetchDeployOrUpgradeProxy(manager, asked), await manager.fetchDeployOrUpgradeProxy(asked));
  });

  it('decides on the chain that is named, where the manager is bound to none', async () => {
    const manager = await managerOf([token], {}, null);
    const decision = await manager.fetchDeployOrUpgradeProxy({ ...asked, chainId: 97 });
    assert.deepEqual([decision.action, decision.network], ['unchanged', 'bsctestnet']);
    const other = await manager.fetchDeployOrUpgradeProxy({ ...asked, chainId: 56 });
    assert.deepEqual([other.action, other.network], ['deploy', 'bscmainnet']);
    await assert.rejects(manager.fetchDeployOrUpgradeProxy(asked), refuses('BAD_USAGE'));
  });

  it('is blocked by whatever of the store refuses, and never takes that for "not found"', async () => {
    const operations = ['open', 'chainOf', 'read', 'list', 'inspect'] as const;
    for (const operation of operations) {
      for (const contracts of [[], [token]]) {
        const manager = await managerOf(contracts, { [operation]: failing() });
        for (const skipUpgradeCheck of [false, true]) {
          const decision = await manager.fetchDeployOrUpgradeProxy({ ...asked, skipUpgradeCheck });
          assert.equal(decision.action, 'blocked', operation);
          assert.equal(decision.error?.code, 'LEVELDB_READ_ERROR', operation);
          assert.match(decision.reasons.join(' '), /the store is gone.*look for it/);
        }
      }
    }
  });

  it('is blocked by a name or chain that means several', async () => {
    for (const code of ['NAME_AMBIGUOUS', 'CHAIN_AMBIGUOUS'] as const) {
      const decision = await (await managerOf([token], { read: failing(code) })).fetchDeployOrUpgradeProxy(asked);
      assert.deepEqual([decision.action, decision.error?.code], ['blocked', code]);
    }
  });

  it('lets every other throw pass: it is a bug', async () => {
    const manager = await managerOf([token], { list: () => Promise.reject(new TypeError('a bug')) });
    await assert.rejects(manager.fetchDeployOrUpgradeProxy(asked), TypeError);
  });

  it('is blocked for another chain than the one of the network', async () => {
    const manager = await managerOf([token]);
    const decision = await manager.fetchDeployOrUpgradeProxy({ ...asked, chainId: 56 });
    assert.deepEqual([decision.action, decision.error?.code], ['blocked', 'CHAIN_ID_MISMATCH']);
  });

  it('is blocked for a network whose chain nobody knows', async () => {
    const manager = await managerOf([token], {}, 'somewhere');
    const decision = await manager.fetchDeployOrUpgradeProxy(asked);
    assert.deepEqual([decision.action, decision.chainId, decision.error?.code], ['blocked', null, 'CHAIN_ID_UNKNOWN']);
  });

  it('refuses arguments that say nothing, before anything is read', async () => {
    const manager = await managerOf([token], { open: () => Promise.reject(new TypeError('was opened')) });
    const args = { ...asked, implementationHash: '0x123...' };
    await assert.rejects(manager.fetchDeployOrUpgradeProxy(args), refuses('BAD_INPUT'));
  });
});

describe('manifests beside a store', () => {
  it('are read from .openzeppelin, and none where there is no folder', async (t) => {
    const cwd = temporaryFolder(t);
    assert.deepEqual(await manifestsIn(cwd)(), []);
    mkdirSync(join(cwd, '.openzeppelin', 'bsc.json.d'), { recursive: true });
    for (const name of ['bsc.json', 'base.json', 'notes.txt']) writeFileSync(join(cwd, '.openzeppelin', name), '{}');
    const paths = (await manifestsIn(cwd)()).map(({ path }) => path);
    assert.deepEqual(paths, ['.openzeppelin/base.json', '.openzeppelin/bsc.json']);
  });

  it('block the decision where they cannot be read', async (t) => {
    const cwd = temporaryFolder(t);
    mkdirSync(join(cwd, '.openzeppelin', 'bsc.json'), { recursive: true });
    const manager = new StateManager({ network: 'bsctestnet', manifests: manifestsIn(cwd) }, await storeOf([token]));
    const decision = await manager.fetchDeployOrUpgradeProxy(asked);
    assert.deepEqual([decision.action, decision.error?.code], ['blocked', 'FILE_FAILED']);
  });
});

describe('the real records', () => {
  it('are each unchanged by their own hash, upgraded by another, blocked where the store fails', async (t) => {
    const contracts = await realContracts(t);
    if (contracts === null) return;
    assert.equal(contracts.length, 26);
    const store = await storeOf(contracts);
    for (const { chainId, contractName, implementationHash, proxyAddress } of contracts) {
      const args = { contractName, chainId, implementationHash: implementationHash ?? '' };
      for (const manifests of [undefined, manifestsOf(chainId)]) {
        const what = `${chainId}-${contractName}${manifests === undefined ? '' : ' with manifests'}`;
        const manager = new StateManager({ network: null, manifests }, store);
        const decide = (more: object) => manager.fetchDeployOrUpgradeProxy({ ...args, ...more });

        const own = await decide({});
        assert.deepEqual([own.action, own.matchedBy], ['unchanged', 'implementationHash'], what);
        const upgrade = await decide({ implementationHash: otherHash });
        assert.deepEqual([upgrade.action, upgrade.proxyAddress], ['upgrade', proxyAddress], what);
        const scheme = await decide({ implementationHash: otherHash, hashScheme: 'runtime-nometa' });
        assert.equal(scheme.action, manifests === undefined ? 'blocked' : 'upgrade', what);
      }
    }
  });

  it('are found by their short names, and never deployed again where the store fails', async (t) => {
    const contracts = await realContracts(t);
    if (contracts === null) return;
    const store = await storeOf(contracts);
    const manager = new StateManager({ network: null }, store);
    for (const { chainId, contractName, implementationHash } of contracts) {
      const args = { contractName, chainId, implementationHash: implementationHash ?? '' };
      const short = contractName.slice(contractName.lastIndexOf(':') + 1);
      const named = await manager.fetchDeployOrUpgradeProxy({ ...args, contractName: short });
      assert.equal(named.action, 'unchanged', contractName);
      const skipped = { ...args, implementationHash: otherHash, skipUpgradeCheck: true };
      assert.equal((await manager.fetchDeployOrUpgradeProxy(skipped)).action, 'skipped', contractName);
      for (const operation of ['open', 'read', 'list', 'inspect'] as const) {
        const broken = new StateManager({ network: null }, { ...store, [operation]: failing() });
        assert.equal((await broken.fetchDeployOrUpgradeProxy(args)).action, 'blocked', `${contractName}: ${operation}`);
      }
    }
  });

  it('are unchanged by the hash of their creation code too, which only the manifests know', async (t) => {
    const contracts = await realContracts(t);
    if (contracts === null) return;
    const store = await storeOf(contracts);
    for (const { contractName, chainId, address } of contracts) {
      const manifests = manifestsOf(chainId);
      const [creationHash] = (await manifests()).flatMap(({ bytes }) => hashesAt(bytes, address ?? ''));
      const manager = new StateManager({ network: null, manifests }, store);
      const args = { contractName, chainId, implementationHash: creationHash ?? '' };
      const decision = await manager.fetchDeployOrUpgradeProxy(args);
      assert.deepEqual([decision.action, decision.matchedBy], ['unchanged', 'manifest'], `${chainId}-${contractName}`);
    }
  });
});

function refuses(code: ErrorCode) {
  return (error: unknown) => error instanceof StateManagerError && error.code === code;
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'stateroot-decide-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

async function realContracts(t: TestContext): Promise<readonly ContractType[] | null> {
  const path = sharedData('lookcoin', 'leveldb');
  if (path === null || sharedData('lookcoin', 'openzeppelin') === null) {
    t.skip('shared data is not here');
    return null;
  }
  return (await levelStore.read(path)).map(readEntry).flatMap((read): ContractType[] => {
    if (isReject(read)) return [];
    const { contractName, chainId, spelling, fields } = read;
    return [{ ...fields, contractName, chainId: chainId ?? 0, networkName: spelling ?? undefined }];
  });
}

const manifestNames = new Map([
  [56, 'bsc'],
  [97, 'bsc-testnet'],
  [23295, 'unknown-23295'],
  [84532, 'base-sepolia'],
  [11155420, 'op-sepolia'],
]);

/** Those of one chain: all of them together are megabytes to judge for every decision. */
function manifestsOf(chainId: number): Manifests {
  const name = `${manifestNames.get(chainId) ?? ''}.json`;
  const file = sharedData('lookcoin', 'openzeppelin', name) ?? '';
  return () => Promise.resolve([{ path: `.openzeppelin/${name}`, bytes: readFileSync(file) }]);
}

function hashesAt(manifest: Uint8Array, implementation: string): string[] {
  const { impls } = JSON.parse(Buffer.from(manifest).toString('utf8')) as {
    impls: Record<string, { address: string }>;
  };
  return Object.entries(impls).flatMap(([digits, { address }]) => (address === implementation ? [`0x${digits}`] : []));
}
