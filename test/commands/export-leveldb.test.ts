import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exportLevelDb } from '../../src/commands/export-leveldb.js';
import { importLevelDb } from '../../src/commands/import-leveldb.js';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import { sealRecord } from '../../src/core/model/checksum.js';
import { emptyNetworkFile, networkFileText, withRecord } from '../../src/core/model/network-file.js';
import { inventedAddress } from '../../src/core/sample/invented.js';
import { StateManagerError } from '../../src/errors.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import { contractValue, entriesOf, storeContent, temporaryFolder } from '../support/leveldb-store.js';
import { memoryRepository } from '../support/memory-repository.js';
import { sharedData } from '../support/shared-data.js';

describe('exporting to a LevelDB', () => {
  it('gives back the keys and the very values of the real database, quarantined ones included', async (t) => {
    const database = sharedData('lookcoin', 'leveldb');
    if (database === null) {
      t.skip('shared data is not here');
      return;
    }
    const entries = await levelStore.read(database);
    const repository = memoryRepository();
    const { data } = await importLevelDb(repository, request(entries));
    const out = join(temporaryFolder(t), 'out');
    const written = await exportLevelDb(repository, levelStore, { out, at: data.branch, withQuarantine: true });
    assert.deepEqual(written, { out, records: 26, quarantined: 2 });
    assert.deepEqual(await storeContent(out), textsOf(entries));
  });

  it('leaves quarantine out unless it is asked for', async () => {
    const entries = entriesOf({ '97-A': contractValue('A', 97), '97-Bad': '{', other: Uint8Array.of(0xff) });
    assert.deepEqual([...(await roundTrip(entries, false)).keys()], ['97-A']);
  });

  it('gives back odd entries byte for byte', async () => {
    const entries: LegacyEntry[] = [
      ...entriesOf({
        '97-contracts/a-b/X.sol:X': contractValue('contracts/a-b/X.sol:X', 97, { networkName: 'BSC Testnet' }),
        '97-Y': contractValue('Y', 97, {
          deploymentArgs: ['1000000000000000000000000000', [97, 56], { _type: 'bigint', _value: '5' }],
          note: { constructor: { '10': 1, '9': [] } },
        }),
        '97-\\xff': '{}',
        '97-Bad key': { a: 1 },
        plain: '',
      }),
      { key: Uint8Array.of(0xff, 0x5c, 0x00), value: Uint8Array.of(0xfe, 0x00) },
    ];
    assert.deepEqual(await roundTrip(entries, true), textsOf(entries));
  });

  it('gives a ContractInfo of the design documents back as one', async () => {
    const proxy = inventedAddress('proxy');
    const info = {
      name: 'LookCoin',
      address: proxy,
      deployedAt: '1723456789123456789',
      implementationHash: `0x${'ab'.repeat(32)}`,
      constructorArgs: ['LOOK', { _type: 'bigint', _value: '7' }],
      proxy: { proxyAddress: proxy, implementationAddress: inventedAddress('implementation'), admin: 'somebody' },
      metadata: { contractType: 'core' },
    };
    const plain = { name: 'Plain', address: inventedAddress('plain'), deployedAt: '1754079530056' };
    const entries = entriesOf({ [`bscTestnet:${proxy}`]: info, [`bscTestnet:${plain.address}`]: plain });
    const out = await roundTrip(entries, false);
    assert.deepEqual(valuesOf(out), valuesOf(textsOf(entries)));
  });

  it('names records of other origin by chain and name, and tells networks of one chain apart', async () => {
    const address = inventedAddress('a');
    const file = (network: string, environment?: string) => {
      const empty = emptyNetworkFile({ network, chainId: 97, ...(environment === undefined ? {} : { environment }) });
      const record = { network, chainId: 97, category: 'core', name: 'A', fields: { implementation: address } };
      return networkFileText(withRecord(empty, sealRecord(record)));
    };
    const repository = memoryRepository({
      'deployments/unified/bsctestnet.unified.json': file('bsctestnet'),
      'deployments/unified/bsctestnet.staging.unified.json': file('bsctestnet.staging', 'staging'),
    });
    const written = new Map<string, string>();
    await exportLevelDb(repository, collector(written), { out: 'x', at: null, withQuarantine: true });
    assert.deepEqual([...written.keys()], ['97-A', `bsctestnet.staging:${address}`]);
    const value = JSON.parse(written.get('97-A') ?? '') as Record<string, unknown>;
    assert.deepEqual(value, {
      contractName: 'A',
      chainId: 97,
      networkName: 'bsctestnet',
      address,
      factoryByteCodeHash: '',
    });
  });

  it('names a record by what it is now when its key no longer fits', async () => {
    const repository = memoryRepository();
    await importLevelDb(repository, request(entriesOf({ '97-A': contractValue('A', 97) })));
    const tree = await repository.at('worktree');
    const [file] = await tree.read(['deployments/unified/bsctestnet.unified.json']);
    const text = Buffer.from(file?.bytes ?? [])
      .toString('utf8')
      .replace('"97-A"', '"97-Old"');
    repository.edit({ 'deployments/unified/bsctestnet.unified.json': text });
    const written = new Map<string, string>();
    await exportLevelDb(repository, collector(written), { out: 'x', at: null, withQuarantine: true });
    assert.deepEqual([...written.keys()], ['97-A']);
  });

  it('refuses to leave a network out that it cannot read', async () => {
    const repository = memoryRepository({ 'deployments/unified/bsctestnet.unified.json': '{' });
    const attempt = exportLevelDb(repository, collector(new Map()), { out: 'x', at: null, withQuarantine: false });
    await assert.rejects(attempt, (error) => error instanceof StateManagerError && error.code === 'STATE_INVALID');
  });
});

async function roundTrip(entries: readonly LegacyEntry[], withQuarantine: boolean): Promise<Map<string, string>> {
  const repository = memoryRepository();
  await importLevelDb(repository, request(entries));
  const written = new Map<string, string>();
  await exportLevelDb(repository, collector(written), { out: 'x', at: 'HEAD', withQuarantine });
  return written;
}

function request(entries: readonly LegacyEntry[]) {
  return { entries, here: true, allowDetached: false, strict: false, dryRun: false, wish: {} };
}

/** Keys and values as latin1, so that every byte shows; text values stay readable in a failure. */
function collector(into: Map<string, string>) {
  return {
    write: (_folder: string, entries: Iterable<LegacyEntry>) => {
      for (const [key, value] of textsOf([...entries])) into.set(key, value);
      return Promise.resolve();
    },
  };
}

function textsOf(entries: readonly LegacyEntry[]): Map<string, string> {
  const sorted = [...entries].sort((a, b) => Buffer.compare(a.key, b.key));
  return new Map(sorted.map(({ key, value }) => [text(key), text(value)]));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function valuesOf(texts: ReadonlyMap<string, string>): Map<string, unknown> {
  return new Map([...texts].map(([key, value]) => [key, JSON.parse(value) as unknown]));
}
