import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { exportPlain } from '../../src/commands/export-plain.js';
import { importLevelDb } from '../../src/commands/import-leveldb.js';
import type { JsonObject } from '../../src/core/json.js';
import { toContractType } from '../../src/core/model/contract-type.js';
import { type NetworkFile, networkFileText, parseNetworkFile, recordsOf } from '../../src/core/model/network-file.js';
import { plainContracts } from '../../src/core/plain/plain-contracts.js';
import { type PlainFile, plainFile, plainText } from '../../src/core/plain/plain-file.js';
import { plainOfNetwork } from '../../src/core/plain/plain-of-network.js';
import { readValue } from '../../src/core/text/read.js';
import { tagBigints } from '../../src/core/values/bigint.js';
import { folderWriter } from '../../src/files/write-folder.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import { address, arbitraryFile, fileWith, record } from '../support/arbitrary-state.js';
import { refuses } from '../support/contracts.js';
import { temporaryFolder } from '../support/leveldb-store.js';
import { memoryRepository } from '../support/memory-repository.js';
import { sharedData } from '../support/shared-data.js';

const path = 'deployments/unified/examplenet.unified.json';
const forms = ['v1', 'v2'] as const;

describe('exporting to plain files', () => {
  it('gives v1 files that are read as the same contracts, checksums apart', () => {
    fc.assert(
      fc.property(arbitraryFile(), (file) => {
        assert.deepEqual(readBack(plainText(plainOfNetwork(file, 'v1'))), contractsOf(file));
      }),
    );
  });

  it('gives v2 files that are read so too, where each record has an address of its own', () => {
    fc.assert(
      fc.property(arbitraryFile(), (file) => {
        const proxies = recordsOf(file).map(({ fields }) => fields['proxy'] ?? fields['implementation']);
        fc.pre(new Set(proxies).size === proxies.length);
        assert.deepEqual(readBack(plainText(plainOfNetwork(file, 'v2'))), contractsOf(file));
      }),
    );
  });

  it('gives the contracts of the real database in both forms', async (t) => {
    const database = sharedData('lookcoin', 'leveldb');
    if (database === null) {
      t.skip('shared data is not here');
      return;
    }
    const repository = memoryRepository();
    const entries = await levelStore.read(database);
    const wish = { here: true, allowDetached: false, strict: false, dryRun: false, wish: {} };
    await importLevelDb(repository, { entries, ...wish });
    for (const form of forms) {
      const out = join(temporaryFolder(t), form);
      const written = await exportPlain(repository, folderWriter, { out, at: 'HEAD', form });
      assert.deepEqual(written, { out, networks: 5, records: 26 });
      for (const name of await readdir(out)) {
        const tree = await repository.at('worktree');
        const [file] = await tree.read([`deployments/unified/${name.replace('.json', '.unified.json')}`]);
        const parsed = parseNetworkFile(file?.bytes ?? new Uint8Array());
        assert.ok(parsed.ok);
        assert.deepEqual(readBack(await readFile(join(out, name), 'utf8')), contractsOf(parsed.file), name);
      }
    }
  });

  it('writes nothing where one network cannot be read, or has no place in the form', async (t) => {
    const out = join(temporaryFolder(t), 'out');
    const twins = ['A', 'B', 'C'].map((name) => record(name, { proxy: address(1), implementation: address(2) }));
    const repository = memoryRepository({ [path]: networkFileText(fileWith(...twins)) });
    const request = { out, at: null } as const;
    await refuses(['ADDRESS_AMBIGUOUS'], exportPlain(repository, folderWriter, { ...request, form: 'v2' }));
    repository.edit({ 'deployments/unified/broken.unified.json': '{' });
    await refuses(['STATE_INVALID'], exportPlain(repository, folderWriter, { ...request, form: 'v1' }));
    await assert.rejects(readdir(out));
  });

  it('refuses a folder in which something is', async (t) => {
    const out = temporaryFolder(t);
    const repository = memoryRepository({ [path]: networkFileText(fileWith(record('A', { proxy: address(1) }))) });
    const target = join(out, 'x');
    for (const form of forms) {
      await exportPlain(repository, folderWriter, { out: join(target, form), at: 'HEAD', form });
      assert.deepEqual(await readdir(join(target, form)), ['examplenet.json']);
    }
    await refuses(['OUTPUT_EXISTS'], exportPlain(repository, folderWriter, { out: target, at: null, form: 'v1' }));
    assert.deepEqual((await readdir(target)).sort(), ['v1', 'v2']);
  });

  it('takes the deployment that document 002 nests in metadata, where metadata itself says nothing', () => {
    const file = fileWith(record('A', { proxy: address(1), timestamp: 1754079530056 }));
    const deployment = { deployer: address(9), timestamp: '2025-07-23T11:00:00.000Z' };
    const rootOf = (metadata: JsonObject, form: 'v1' | 'v2') =>
      plainOfNetwork({ ...file, root: { ...file.root, metadata } }, form).root;
    assert.equal(rootOf({ deployment }, 'v1')['deployer'], address(9));
    assert.equal(rootOf({ deployer: address(8), deployment }, 'v1')['deployer'], address(8));
    assert.equal(rootOf({ deployment }, 'v2')['timestamp'], deployment.timestamp);
  });

  it('takes what the sections say of the deployment under the names of old scripts', () => {
    const file = fileWith(record('A', { proxy: address(1), timestamp: 1754079530056 }));
    const sections = {
      metadata: { deployer: address(9), timestamp: '2025-07-23T11:00:00.000Z', deploymentMode: 'standard' },
      configuration: { governance: { vault: address(8) }, protocols: { layerZero: { endpoint: address(7) } } },
    };
    const { root } = plainOfNetwork({ ...file, root: { ...file.root, ...sections } }, 'v1');
    assert.deepEqual(root, {
      network: 'examplenet',
      chainId: 4242,
      deployer: address(9),
      timestamp: '2025-07-23T11:00:00.000Z',
      deploymentMode: 'standard',
      contracts: { A: { proxy: address(1) } },
      config: { layerZeroEndpoint: address(7), governanceVault: address(8) },
      implementationHashes: {},
      lastDeployed: '2025-08-01T20:18:50.056Z',
      contractDetails: { A: { address: address(1), fields: { timestamp: 1754079530056 } } },
    });
  });
});

function readBack(text: string): Map<string, JsonObject> {
  const read = readValue(Buffer.from(text), { foreign: true });
  assert.ok(read.ok);
  const file: PlainFile | { message: string } = plainFile(read.value);
  assert.ok('form' in file);
  const { contracts, problems } = plainContracts(file);
  assert.deepEqual(problems, []);
  return new Map(contracts.map(({ name, contract }) => [name, contract]));
}

function contractsOf(file: NetworkFile): Map<string, JsonObject> {
  const contracts = recordsOf(file).map((each) => toContractType(each));
  return new Map(
    contracts.map((contract) => {
      const { checksum, ...rest } = contract;
      assert.equal(typeof checksum, 'string');
      return [contract.contractName, tagBigints(rest) as JsonObject];
    }),
  );
}
