import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exportLevelDb } from '../../src/commands/export-leveldb.js';
import { importLevelDb, type ImportRequest } from '../../src/commands/import-leveldb.js';
import type { JsonObject } from '../../src/core/json.js';
import type { OlderCopy } from '../../src/core/legacy/older-versions.js';
import type { SupersededEntry } from '../../src/core/legacy/recover-fields.js';
import { recordsOf } from '../../src/core/model/network-file.js';
import { readSnapshot } from '../../src/core/snapshot.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import type { StateRepository } from '../../src/ports/state-repository.js';
import { contractValue, entriesOf, storeContent, temporaryFolder } from '../support/leveldb-store.js';
import { memoryRepository } from '../support/memory-repository.js';
import { sharedData } from '../support/shared-data.js';

const lost = entriesOf({ '97-A': contractValue('A', 97, { deploymentArgs: undefined }) });

describe('deploymentArgs that only a superseded entry has', () => {
  it('come in marked with the file they stood in, once', async () => {
    const repository = memoryRepository();
    const superseded = [older({ deploymentArgs: ['1'] }, 5), older({ deploymentArgs: ['old'] }, 4)];
    const first = await importLevelDb(repository, request({ entries: lost, superseded }));
    assert.deepEqual(first.data.recovered, [
      { network: 'bsctestnet', contractName: 'A', field: 'deploymentArgs', file: '000004.ldb' },
    ]);
    const fields = await fieldsOf(repository, 'A');
    assert.deepEqual(fields['deploymentArgs'], ['1']);
    const mark = { deploymentArgs: { file: '000004.ldb' } };
    assert.deepEqual(fields['source'], { kind: 'leveldb', key: '97-A', recovered: mark });
    for (const again of [superseded, []]) {
      const { data } = await importLevelDb(repository, request({ entries: lost, superseded: again }));
      assert.deepEqual([data.commits, data.unchanged, data.recovered], [[], 1, []]);
    }
  });

  it('stay out where the proxy was another, the entry says them itself, or the state knows them', async () => {
    const other = older({ deploymentArgs: ['1'], proxyAddress: '0x5462E40926f0e2572841Fe1318Ad13350F44B1D7' }, 5);
    const apart = memoryRepository();
    await importLevelDb(apart, request({ entries: lost, superseded: [other, older({}, 3, null)] }));
    assert.equal((await fieldsOf(apart, 'A'))['deploymentArgs'], undefined);
    const known = memoryRepository();
    const said = entriesOf({ '97-A': contractValue('A', 97, { deploymentArgs: ['mine'] }) });
    const superseded = [older({ deploymentArgs: ['1'] }, 5)];
    await importLevelDb(known, request({ entries: said, superseded }));
    assert.deepEqual((await fieldsOf(known, 'A'))['deploymentArgs'], ['mine']);
    const { data } = await importLevelDb(known, request({ entries: lost, superseded }));
    assert.deepEqual([data.commits, data.recovered], [[], []]);
    assert.deepEqual((await fieldsOf(known, 'A'))['deploymentArgs'], ['mine']);
  });

  it('lose their mark when the source says others', async () => {
    const repository = memoryRepository();
    await importLevelDb(repository, request({ entries: lost, superseded: [older({ deploymentArgs: ['1'] }, 5)] }));
    const said = entriesOf({ '97-A': contractValue('A', 97, { deploymentArgs: ['2'] }) });
    await importLevelDb(repository, request({ entries: said }));
    const fields = await fieldsOf(repository, 'A');
    assert.deepEqual(fields['deploymentArgs'], ['2']);
    assert.deepEqual(fields['source'], { kind: 'leveldb', key: '97-A' });
  });

  it('go out with an export as the arguments of the record, and coming in again they change nothing', async (t) => {
    const repository = memoryRepository();
    await importLevelDb(repository, request({ entries: lost, superseded: [older({ deploymentArgs: ['1'] }, 5)] }));
    const out = join(temporaryFolder(t), 'out');
    await exportLevelDb(repository, levelStore, { out, at: 'HEAD', withQuarantine: true });
    assert.deepEqual(
      JSON.parse((await storeContent(out)).get('97-A') ?? ''),
      contractValue('A', 97, { deploymentArgs: ['1'] }),
    );
    const { data } = await importLevelDb(repository, request({ entries: await levelStore.read(out) }));
    assert.deepEqual(data.commits, []);
  });

  it('are three of the thirteen in the real database, as the acceptance table has them', async (t) => {
    const database = sharedData('lookcoin', 'leveldb');
    const table = sharedData('lookcoin', 'importer-acceptance.json');
    if (database === null || table === null) {
      t.skip('shared data is not here');
      return;
    }
    const repository = memoryRepository();
    const { data, withoutArguments } = await importLevelDb(repository, request(await levelStore.examine(database)));
    assert.deepEqual([data.recovered.length, withoutArguments], [3, 10]);
    assert.deepEqual(
      data.history?.map(({ contractName, field }) => `${contractName} ${field}`),
      ['CelerIMModule', 'LookCoin', 'SupplyOracle'].map((name) => `${name} firstDeployedAt`),
    );
    const rows = JSON.parse(readFileSync(table, 'utf8')) as Row[];
    for (const { contractName, file } of data.recovered) {
      assert.equal(file, '000072.ldb');
      const row = rows.find(({ sourceKey }) => sourceKey === `23295-${contractName}`);
      assert.deepEqual(
        (await fieldsOf(repository, contractName, 23295))['deploymentArgs'],
        row?.recoverable?.deploymentArgs,
      );
      const { firstDeployedAt } = await fieldsOf(repository, contractName, 23295);
      assert.equal(firstDeployedAt, row?.recoverable?.firstTimestamp);
    }
  });
});

describe('older copies of a LevelDB', () => {
  it('fill in the order given what the store itself cannot, marked with their names', async () => {
    const repository = memoryRepository();
    const live = entriesOf({
      '97-A': contractValue('A', 97, { deploymentArgs: undefined }),
      '97-B': contractValue('B', 97, { deploymentArgs: undefined }),
      '97-C': contractValue('C', 97, { deploymentArgs: undefined }),
    });
    const copy = (path: string, ...names: readonly string[]): OlderCopy => {
      const stored = names.map((name) => {
        return [`97-${name}`, contractValue(name, 97, { deploymentArgs: [path] })] as const;
      });
      return { path, content: { entries: entriesOf(Object.fromEntries(stored)), superseded: [] } };
    };
    const also = [copy('/backups/july', 'A', 'B'), copy('/backups/june', 'A', 'B', 'C')];
    const superseded = [older({ deploymentArgs: ['own'] }, 5)];
    const first = await importLevelDb(repository, request({ entries: live, superseded, also }));
    assert.deepEqual(
      first.data.recovered.map(({ contractName, file }) => [contractName, file]),
      [
        ['A', '000004.ldb'],
        ['B', 'july'],
        ['C', 'june'],
      ],
    );
    assert.deepEqual((await fieldsOf(repository, 'B'))['source'], {
      kind: 'leveldb',
      key: '97-B',
      recovered: { deploymentArgs: { file: 'july' } },
    });
    const again = await importLevelDb(repository, request({ entries: live, also: also.toReversed() }));
    assert.deepEqual([again.data.commits, again.data.recovered], [[], []]);
  });

  it('fill hashes and time only where implementation and what both know of the hashes are the same', async () => {
    const hash = `0x${'cd'.repeat(32)}`;
    const rows: readonly (readonly [string, object, object, object])[] = [
      ['same', { implementationHash: undefined }, {}, { implementationHash: same }],
      ['two', { implementationHash: '', timestamp: null }, {}, { implementationHash: same, timestamp: 1754079530056 }],
      ['code', { implementationHash: undefined }, { address: otherAddress }, {}],
      ['scheme', { implementationHash: undefined }, { factoryByteCodeHash: hash, implementationHash: hash }, {}],
      ['time', { timestamp: undefined }, { address: otherAddress }, {}],
    ];
    for (const [name, now, before, filled] of rows) {
      const repository = memoryRepository();
      const entries = entriesOf({ '97-A': contractValue('A', 97, now) });
      const { data } = await importLevelDb(repository, request({ entries, superseded: [older(before, 5)] }));
      const fields = await fieldsOf(repository, 'A');
      for (const field of ['implementationHash', 'timestamp']) {
        if (!(field in now)) continue;
        assert.equal(fields[field], (filled as JsonObject)[field], `${name}: ${field}`);
      }
      assert.deepEqual(data.recovered.map(({ field }) => field).sort(), Object.keys(filled).sort(), name);
    }
  });

  it('tell when a proxy was first deployed and what code it had before, and nothing twice', async () => {
    const repository = memoryRepository();
    const entries = entriesOf({ '97-A': contractValue('A', 97) });
    const hash = `0x${'cd'.repeat(32)}`;
    const code = { address: otherAddress, factoryByteCodeHash: hash, implementationHash: hash };
    const superseded = [
      older({ timestamp: now - 1 }, 9),
      older({ ...code, timestamp: now - 2 }, 8),
      older({ ...code, timestamp: now - 4 }, 7),
      older({ ...code, timestamp: 5 }, 6),
      older({ timestamp: now - 9, proxyAddress: '0x5462E40926f0e2572841Fe1318Ad13350F44B1D7' }, 5),
      older({ ...code, timestamp: now + 5 }, 4),
    ];
    const { data } = await importLevelDb(repository, request({ entries, superseded }));
    assert.deepEqual(data.recovered, []);
    assert.deepEqual(
      data.history?.map(({ field, file }) => [field, file]),
      [
        ['firstDeployedAt', '000006.ldb'],
        ['upgrades', '000006.ldb'],
      ],
    );
    const first = { implementation: otherAddress, implementationHash: hash, timestamp: now - 4 };
    const upgrades = [{ ...first, source: { file: '000006.ldb' } }];
    const recovered = { firstDeployedAt: { file: '000006.ldb' }, upgrades: { file: '000006.ldb' } };
    const fields = await fieldsOf(repository, 'A');
    assert.deepEqual([fields['firstDeployedAt'], fields['upgrades']], [now - 4, upgrades]);
    assert.deepEqual(fields['source'], { kind: 'leveldb', key: '97-A', recovered });
    for (const versions of [superseded, superseded.slice(0, 2), []]) {
      const again = await importLevelDb(repository, request({ entries, superseded: versions }));
      assert.deepEqual([again.data.commits, again.data.history], [[], undefined]);
    }
    const earlier = [older({ ...code, address: thirdAddress, timestamp: now - 8 }, 3)];
    await importLevelDb(repository, request({ entries, superseded: earlier }));
    const { firstDeployedAt, upgrades: all } = await fieldsOf(repository, 'A');
    assert.equal(firstDeployedAt, now - 8);
    assert.deepEqual(
      (all as readonly { implementation: string }[]).map(({ implementation }) => implementation),
      [thirdAddress, otherAddress],
    );
  });

  it('tell nothing of another proxy: what they told goes when the source has a new one', async () => {
    const repository = memoryRepository();
    const old = [older({ address: otherAddress, timestamp: now - 4 }, 7)];
    await importLevelDb(
      repository,
      request({ entries: entriesOf({ '97-A': contractValue('A', 97) }), superseded: old }),
    );
    const redeployed = contractValue('A', 97, { proxyAddress: thirdAddress, address: otherAddress });
    await importLevelDb(repository, request({ entries: entriesOf({ '97-A': redeployed }), superseded: old }));
    const fields = await fieldsOf(repository, 'A');
    assert.deepEqual([fields['firstDeployedAt'], fields['upgrades']], [undefined, undefined]);
    assert.deepEqual(fields['source'], { kind: 'leveldb', key: '97-A' });
  });

  it('leave an export as the source was', async (t) => {
    const repository = memoryRepository();
    const value = contractValue('A', 97);
    const superseded = [older({ address: otherAddress, timestamp: now - 4 }, 7)];
    await importLevelDb(repository, request({ entries: entriesOf({ '97-A': value }), superseded }));
    const out = join(temporaryFolder(t), 'out');
    await exportLevelDb(repository, levelStore, { out, at: 'HEAD', withQuarantine: true });
    assert.deepEqual(JSON.parse((await storeContent(out)).get('97-A') ?? ''), value);
    const { data } = await importLevelDb(repository, request({ entries: await levelStore.read(out) }));
    assert.deepEqual(data.commits, []);
  });
});

const now = 1754079530056;
const same = `0x${'ab'.repeat(32)}`;
const otherAddress = '0x5462E40926f0e2572841Fe1318Ad13350F44B1D7';
const thirdAddress = '0xF26e8c50DCF327BF1896bae9b7E8FFDb72065805';

type Row = {
  readonly sourceKey: string;
  readonly recoverable: { readonly deploymentArgs: unknown; readonly firstTimestamp: number } | null;
};

function older(changes: object, sequence: number, value?: null): SupersededEntry {
  const bytes = value === null ? null : Buffer.from(JSON.stringify(contractValue('A', 97, changes)));
  return { key: Buffer.from('97-A'), value: bytes, sequence, file: `00000${sequence - 1}.ldb` };
}

function request(content: Partial<ImportRequest>): ImportRequest {
  return { entries: [], wish: {}, here: true, allowDetached: false, strict: false, dryRun: false, ...content };
}

async function fieldsOf(repository: StateRepository, name: string, chainId = 97): Promise<JsonObject> {
  const { commit } = await repository.head();
  const tree = await repository.at({ commit: commit ?? '' });
  const { networks } = readSnapshot(await tree.read(await tree.paths()), repository.root);
  const records = [...networks.values()].flatMap(recordsOf);
  return records.find((record) => record.name === name && record.chainId === chainId)?.fields ?? {};
}
