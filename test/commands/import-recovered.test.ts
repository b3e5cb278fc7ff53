import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { exportLevelDb } from '../../src/commands/export-leveldb.js';
import { importLevelDb, type ImportRequest } from '../../src/commands/import-leveldb.js';
import type { JsonObject } from '../../src/core/json.js';
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
    const rows = JSON.parse(readFileSync(table, 'utf8')) as Row[];
    for (const { contractName, file } of data.recovered) {
      assert.equal(file, '000072.ldb');
      const row = rows.find(({ sourceKey }) => sourceKey === `23295-${contractName}`);
      assert.deepEqual(
        (await fieldsOf(repository, contractName, 23295))['deploymentArgs'],
        row?.recoverable?.deploymentArgs,
      );
    }
  });
});

type Row = { readonly sourceKey: string; readonly recoverable: { readonly deploymentArgs: unknown } | null };

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
