import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importLevelDb } from '../../../src/commands/import-leveldb.js';
import type { MigrationSources } from '../../../src/commands/migration/consolidation.js';
import { validateMigration } from '../../../src/commands/migration/validate-migration.js';
import { put } from '../../../src/commands/put.js';
import type { LegacyEntry } from '../../../src/core/legacy/entry.js';
import { sampleEntries } from '../../../src/core/sample/entries.js';
import { openRepository } from '../../../src/git/open-repository.js';
import { levelStore } from '../../../src/leveldb/level-store.js';
import { contractValue, entriesOf } from '../../support/leveldb-store.js';
import { type MemoryRepository, memoryRepository } from '../../support/memory-repository.js';
import { sharedData } from '../../support/shared-data.js';
import { tempRepository } from '../../support/temp-repository.js';

const head = { target: { kind: 'head', allowDetached: false }, dryRun: false } as const;
const bad = entriesOf({ '97-Bad': contractValue('Bad', 97, { address: '0x12' }), nonsense: 'no record' });
const sample = [...entriesOf(Object.fromEntries(sampleEntries().map(({ key, value }) => [key, value]))), ...bad];

describe('validating a migration', () => {
  it('finds every contract of the LevelDB that was imported, and what is in quarantine kept', async () => {
    const { report, findings } = await validateMigration(await migrated(sample), { sources: sourcesOf(sample) });
    assert.deepEqual([report.isComplete, report.sourceCount, report.targetCount, report.matches], [true, 26, 26, 26]);
    assert.deepEqual(report.quarantined, [
      { key: '97-Bad', file: 'deployments/quarantine/97.json' },
      { key: 'nonsense', file: 'deployments/quarantine/unknown.json' },
    ]);
    assert.deepEqual([report.quality.score, report.quality.held], [100, report.quality.values]);
    assert.deepEqual(
      report.networks.map(({ network, matches, quality }) => [network, matches, quality]),
      [
        ['basesepolia', 3, 100],
        ['bscmainnet', 8, 100],
        ['bsctestnet', 9, 100],
        ['optimismsepolia', 3, 100],
        ['sapphiretestnet', 3, 100],
      ],
    );
    assert.deepEqual(
      report.fields.filter(({ rate }) => rate < 100),
      [],
    );
    assert.deepEqual(findings, []);
  });

  it('reads the target at a commit or a branch', async () => {
    const repository = memoryRepository({ 'README.md': 'mine' });
    const { data } = await importLevelDb(repository, request(sample));
    const sources = sourcesOf(sample);
    const before = await validateMigration(repository, { sources });
    assert.deepEqual([before.report.matches, before.report.missing.length, before.report.quality.score], [0, 28, 0]);
    const after = await validateMigration(repository, { sources, at: data.branch ?? '' });
    assert.equal(after.report.isComplete, true);
  });

  it('names what changed in Git since, what is gone, and what is new', async () => {
    const repository = await migrated(sample);
    const set = [{ path: 'timestamp', value: 1754079539999 }];
    await put(repository, { network: 'bsctestnet', name: 'LookCoin', set }, head);
    await put(
      repository,
      { network: 'bsctestnet', name: 'New', input: { implementation: '0x50E82e86598C47bAb5E24eFba83DA69FaD27A256' } },
      head,
    );
    const more = [...sample, ...entriesOf({ '97-Later': contractValue('Later', 97) })];
    const { report } = await validateMigration(repository, { sources: sourcesOf(more) });
    assert.deepEqual(
      report.mismatches.map(({ key, differences }) => [key, differences.map(({ path }) => path)]),
      [['97-LookCoin', ['/timestamp']]],
    );
    assert.deepEqual(
      report.missing.map(({ key }) => key),
      ['97-Later'],
    );
    assert.deepEqual(
      report.extra.map(({ contractName }) => contractName),
      ['New'],
    );
    assert.ok(report.quality.score < 100);
  });

  it('does not take for kept what quarantine keeps otherwise', async () => {
    const repository = await migrated(sample);
    const other = [...sample.slice(0, -1), ...entriesOf({ nonsense: 'another text' })];
    const { report } = await validateMigration(repository, { sources: sourcesOf(other) });
    assert.deepEqual(
      report.missing.map(({ key, network }) => [key, network]),
      [['nonsense', null]],
    );
    assert.equal(report.isComplete, false);
  });

  it('finds nothing in a file that cannot be read, and says that', async () => {
    const repository = await migrated(sample);
    repository.edit({ 'deployments/unified/bscmainnet.unified.json': '{' });
    const { report, findings } = await validateMigration(repository, { sources: sourcesOf(sample) });
    assert.equal(report.missing.length, 8);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['json-syntax'],
    );
  });

  it('comes to the same with an older copy of the LevelDB beside it', async () => {
    const repository = await migrated(sample);
    const copy = { path: 'older', content: { entries: sample, superseded: [], warnings: [] } };
    const { report } = await validateMigration(repository, { sources: { ...sourcesOf(sample), also: [copy] } });
    assert.deepEqual([report.isComplete, report.matches, report.quarantined.length], [true, 26, 2]);
    assert.deepEqual(report.settled, []);
  });
});

describe('the real LookCoin database', () => {
  it('is in Git whole after its import: 26 of 26, 2 kept, 100 %; and an altered field is named', async (t) => {
    const path = sharedData('lookcoin', 'leveldb');
    if (path === null) {
      t.skip('shared data is not here');
      return;
    }
    const temp = tempRepository(t);
    temp.commitAll('Begin');
    const repository = await openRepository(temp.path, { env: temp.env });
    t.after(() => repository.close());
    const content = await levelStore.examine(path);
    await importLevelDb(repository, { ...request(content.entries), superseded: content.superseded, here: true });
    const sources = { ...sourcesOf(content.entries), leveldb: content };
    const { report } = await validateMigration(repository, { sources });
    assert.deepEqual(
      [report.sourceCount, report.matches, report.quarantined.length, report.extra.length, report.quality.score],
      [26, 26, 2, 0, 100],
    );
    assert.deepEqual(
      report.added.filter(({ fields }) => fields.includes('deploymentArgs')).map(({ network }) => network),
      ['sapphiretestnet', 'sapphiretestnet', 'sapphiretestnet'],
    );
    const set = [{ path: 'timestamp', value: 1753441878007 }];
    await put(repository, { network: 'bscmainnet', name: 'LookCoin', set }, head);
    const altered = await validateMigration(repository, { sources });
    assert.deepEqual(
      altered.report.mismatches.map(({ network, contractName, differences }) => [network, contractName, differences]),
      [['bscmainnet', 'LookCoin', [{ path: '/timestamp', before: 1753441878006, after: 1753441878007 }]]],
    );
  });
});

async function migrated(entries: readonly LegacyEntry[]): Promise<MemoryRepository> {
  const repository = memoryRepository({ 'README.md': 'mine' });
  await importLevelDb(repository, { ...request(entries), here: true });
  return repository;
}

function request(entries: readonly LegacyEntry[]) {
  return { entries, wish: {}, here: false, allowDetached: false, strict: false, dryRun: false };
}

function sourcesOf(entries: readonly LegacyEntry[]): MigrationSources {
  const leveldb = { entries, superseded: [], warnings: [] };
  return { leveldb, also: [], json: [], unified: [], openzeppelin: [] };
}
