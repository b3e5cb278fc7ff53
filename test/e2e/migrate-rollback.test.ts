import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { rollbackMigration, type RolledBack } from '../../src/commands/migration/rollback-migration.js';
import type { LegacyEntry } from '../../src/core/legacy/entry.js';
import { type MigrationNote, noteText } from '../../src/core/migration/note.js';
import { findCheckout } from '../../src/git/checkout-place.js';
import { migrationNotes } from '../../src/git/migration-notes.js';
import { openRepository } from '../../src/git/open-repository.js';
import { levelStore } from '../../src/leveldb/level-store.js';
import { address } from '../support/deployments.js';
import { stateroot, statejson } from '../support/command-line.js';
import { contractValue, entriesOf, fingerprint, makeStore, storeContent } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const stateFile = 'deployments/unified/bsctestnet.unified.json';
const noteFile = '.git/stateroot/migration/root.json';
type Answer = Pick<RolledBack, 'comparison' | 'exported' | 'leveldb'> & { commit: string | null };

describe('the emergency rollback of a migration', () => {
  it('writes a LevelDB with equal content, reverts the cutover as one commit, and leaves the old one alone', async (t) => {
    const temp = await migrated(t);
    const before = temp.git('rev-parse', 'HEAD^1^{tree}');
    const old = fingerprint(temp.at('leveldb'));
    const answer = statejson(temp, ['migrate', 'rollback']);
    assert.equal(answer.code, 0, JSON.stringify(answer));
    const { comparison, exported, commit } = answer.data as Answer;
    assert.deepEqual(comparison, { equal: 3, richer: [], changed: [], missing: [], added: [] });
    assert.deepEqual(exported, { records: 2, quarantined: 1 });
    assert.deepEqual(fingerprint(temp.at('leveldb')), old);
    assert.equal(temp.git('rev-parse', 'HEAD'), commit);
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), before);
    assert.deepEqual(keysOf(await storeContent(temp.at('leveldb.restored'))), [
      '31337-X',
      '97-FeeManager',
      '97-LookCoin',
    ]);
  });

  it('has what was deployed after the cutover, which stays in Git too', async (t) => {
    const temp = await migrated(t);
    put(temp, 'bscmainnet', 'Later', '--chain-id', '56');
    const answer = statejson(temp, ['migrate', 'rollback', '--out', 'back']);
    assert.equal(answer.code, 0, JSON.stringify(answer));
    assert.deepEqual((answer.data as Answer).comparison?.added, ['56-Later']);
    assert.ok((await storeContent(temp.at('back'))).has('56-Later'));
    assert.equal(existsSync(temp.at(stateFile)), false);
    assert.ok(existsSync(temp.at('deployments/unified/bscmainnet.unified.json')));
  });

  it('is a conflict for a record that was changed since, before anything is written; --discard-later takes it back too', async (t) => {
    const temp = await migrated(t);
    put(temp, 'bsctestnet', 'LookCoin', '--set', 'note="upgraded"');
    const head = temp.git('rev-parse', 'HEAD');
    const refused = statejson(temp, ['migrate', 'rollback']);
    assert.equal(refused.code, 3);
    assert.equal(refused.error?.code, 'CONFLICT');
    assert.equal(temp.git('rev-parse', 'HEAD'), head);
    assert.equal(existsSync(temp.at('leveldb.restored')), false);
    const answer = statejson(temp, ['migrate', 'rollback', '--discard-later']);
    assert.equal(answer.code, 0, JSON.stringify(answer));
    assert.deepEqual((answer.data as Answer).comparison?.changed, ['97-LookCoin']);
    assert.match((await storeContent(temp.at('leveldb.restored'))).get('97-LookCoin') ?? '', /"note":"upgraded"/);
    assert.equal(existsSync(temp.at(stateFile)), false);
  });

  it('goes on where it died between the LevelDB and the revert', async (t) => {
    const temp = await migrated(t);
    assert.equal(statejson(temp, ['migrate', 'rollback']).code, 0);
    temp.git('reset', '--quiet', '--hard', 'HEAD^');
    const content = await storeContent(temp.at('leveldb.restored'));
    const again = statejson(temp, ['migrate', 'rollback']);
    assert.equal(again.code, 0, JSON.stringify(again));
    assert.equal((again.data as Answer).exported, null);
    assert.deepEqual(await storeContent(temp.at('leveldb.restored')), content);
    assert.equal(existsSync(temp.at(stateFile)), false);
    const once = temp.git('rev-parse', 'HEAD');
    assert.equal(statejson(temp, ['migrate', 'rollback']).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD'), once);
  });

  it('reverts nothing when somebody commits while the LevelDB is written, which lacks that', async (t) => {
    const temp = await migrated(t);
    const repository = await openRepository(temp.path, { env: temp.env });
    t.after(() => repository.close());
    const notes = migrationNotes(await findCheckout(temp.path, temp.env));
    const store = {
      examine: (folder: string) => levelStore.examine(folder),
      async write(folder: string, entries: Iterable<LegacyEntry>) {
        await levelStore.write(folder, entries);
        put(temp, 'bscmainnet', 'Later', '--chain-id', '56');
      },
    };
    const request = { out: temp.at('back'), cutover: null, discardLater: false, dryRun: false };
    await assert.rejects(rollbackMigration({ repository, store, notes }, request), { code: 'RACED' });
    assert.equal((await notes.read())?.scripts, 'git');
    assert.ok(existsSync(temp.at(stateFile)));
  });

  it('has deploy scripts of the clone use the LevelDB it wrote', async (t) => {
    const temp = await migrated(t);
    assert.equal(statejson(temp, ['migrate', 'rollback', '--out', 'back']).code, 0);
    const note = JSON.parse(readFileSync(temp.at(noteFile), 'utf8')) as MigrationNote;
    assert.deepEqual([note.scripts, note.sources.leveldb, note.outcome], ['leveldb', temp.at('back'), 'rolled-back']);
    // A migration begun anew from the old one would lose what was deployed since.
    const plan = statejson(temp, ['migrate', 'plan']);
    assert.equal((plan.data as { sources: { leveldb: string } }).sources.leveldb, temp.at('back'));
  });

  it('has a backup take the LevelDB that scripts use since, not the one of before', async (t) => {
    const temp = await migrated(t);
    put(temp, 'bscmainnet', 'Later', '--chain-id', '56');
    assert.equal(statejson(temp, ['migrate', 'rollback', '--out', 'back']).code, 0);
    const backup = statejson(temp, ['backup', 'create', '--out', '../backups']);
    assert.equal(backup.code, 0, JSON.stringify(backup));
    const { folder } = backup.data as { folder: string };
    const restored = temp.at('..', 'restored');
    const done = stateroot(temp, ['backup', 'restore', folder, '--into', restored]);
    assert.equal(done.code, 0, done.stderr);
    assert.ok((await storeContent(join(restored, 'back'))).has('56-Later'));
    assert.equal(existsSync(join(restored, 'leveldb')), false);
  });

  it('has health look at the LevelDB that scripts use since, not the one of before', async (t) => {
    const temp = await migrated(t);
    assert.equal(statejson(temp, ['migrate', 'rollback']).code, 0);
    writeFileSync(temp.at('leveldb/CURRENT'), 'nowhere\n');
    const well = statejson(temp, ['health', '--only', 'backends']);
    assert.equal(well.code, 0, JSON.stringify(well));
    writeFileSync(temp.at('leveldb.restored/CURRENT'), 'nowhere\n');
    assert.equal(statejson(temp, ['health', '--only', 'backends']).code, 1);
  });

  it('has bench measure with the LevelDB that scripts use since, not with the one of before', async (t) => {
    const temp = await migrated(t);
    const used = entriesOf({ '97-LookCoin': contractValue('LookCoin', 97) });
    await makeStore(temp.at('leveldb.restored'), used);
    const note = noteOf(temp, undefined);
    const sources = { ...note.sources, leveldb: temp.at('leveldb.restored') };
    writeFileSync(temp.at(noteFile), noteText({ ...note, scripts: 'leveldb', outcome: 'rolled-back', sources }));
    rmSync(temp.at('leveldb'), { recursive: true });
    temp.git('reset', '--quiet', '--hard', 'HEAD^1');
    const bench = statejson(temp, ['bench', 'production', '--backend', 'leveldb', '--backend', 'unified']);
    assert.equal(bench.code, 0, JSON.stringify(bench.error));
    assert.equal((bench.data as { result: { records: number } }).result.records, 1);
  });

  it('refuses a cutover that was reverted by hand, writes nothing, and works once that is taken back', async (t) => {
    const temp = await migrated(t);
    temp.git('revert', '--no-edit', '-m', '1', 'HEAD');
    const reverted = temp.git('rev-parse', 'HEAD');
    assertRefused(temp, reverted, ['bsctestnet/FeeManager', 'bsctestnet/LookCoin']);
    assertRefused(temp, reverted, ['bsctestnet/FeeManager', 'bsctestnet/LookCoin'], '--dry-run');
    assert.equal(stateroot(temp, ['rollback', reverted]).code, 0);
    const answer = statejson(temp, ['migrate', 'rollback']);
    assert.deepEqual((answer.data as Answer).comparison, { equal: 3, richer: [], changed: [], missing: [], added: [] });
  });

  it('refuses it too where something was deployed again since, or stayed', async (t) => {
    const temp = await migrated(t);
    put(temp, 'bsctestnet', 'Later');
    assert.equal(stateroot(temp, ['rollback', 'HEAD^']).code, 0);
    const reverted = temp.git('rev-parse', 'HEAD');
    put(temp, 'bsctestnet', 'LookCoin');
    assertRefused(temp, reverted, ['bsctestnet/FeeManager']);
    assertRefused(temp, reverted, ['bsctestnet/FeeManager'], '--discard-later');
  });

  it('refuses it where records only went back to what they said before', async (t) => {
    const temp = await migrated(t, (before) => {
      for (const name of ['LookCoin', 'FeeManager']) put(before, 'bsctestnet', name, '--chain-id', '97');
    });
    temp.git('checkout', '--quiet', 'HEAD^1', '--', stateFile);
    assertRefused(temp, temp.commitAll('back'), ['bsctestnet/FeeManager', 'bsctestnet/LookCoin']);
  });

  it('refuses a branch that lacks the cutover', async (t) => {
    const temp = await migrated(t);
    const cutover = temp.git('rev-parse', 'HEAD');
    temp.git('switch', '--quiet', '-c', 'older', 'HEAD^1');
    put(temp, 'bscmainnet', 'Later', '--chain-id', '56');
    assertRefused(temp, null, ['bsctestnet/FeeManager', 'bsctestnet/LookCoin']);
    temp.git('merge', '--quiet', '--no-edit', cutover);
    assert.equal(statejson(temp, ['migrate', 'rollback']).code, 0);
  });

  it('takes a record that was deleted by itself for deleted, and says so', async (t) => {
    const temp = await migrated(t);
    assert.equal(stateroot(temp, ['delete', 'bsctestnet', 'FeeManager']).code, 0);
    const answer = statejson(temp, ['migrate', 'rollback']);
    assert.equal(answer.code, 0, JSON.stringify(answer));
    assert.deepEqual((answer.data as Answer).comparison?.missing, ['97-FeeManager']);
  });

  it('refuses what is no cutover, a folder that is there, and a clone that remembers none; a dry run writes nothing', async (t) => {
    const temp = await migrated(t);
    const head = temp.git('rev-parse', 'HEAD');
    assert.equal(statejson(temp, ['migrate', 'rollback', '--merge', 'HEAD^1']).error?.code, 'BAD_INPUT');
    assert.equal(statejson(temp, ['migrate', 'rollback', '--out', 'leveldb']).error?.code, 'OUTPUT_EXISTS');
    const dry = stateroot(temp, ['migrate', 'rollback', '--dry-run']);
    assert.equal(dry.code, 0, dry.stderr);
    writeFileSync(temp.at(noteFile), noteText(noteOf(temp, undefined)));
    assert.equal(statejson(temp, ['migrate', 'rollback']).error?.code, 'NOT_FOUND');
    assert.equal(temp.git('rev-parse', 'HEAD'), head);
    assert.equal(existsSync(temp.at('leveldb.restored')), false);
    assert.equal(statejson(temp, ['migrate', 'rollback', '--merge', head]).code, 0);
  });
});

/** Refused with nothing written, naming what is gone and, in the next command, the commit that took it away. */
function assertRefused(temp: TempRepository, by: string | null, records: readonly string[], ...args: string[]): void {
  const [head, note] = [temp.git('rev-parse', 'HEAD'), readFileSync(temp.at(noteFile), 'utf8')];
  const refused = statejson(temp, ['migrate', 'rollback', ...args]);
  assert.equal(refused.code, 3, JSON.stringify(refused));
  assert.equal(refused.error?.code, 'CONFLICT');
  assert.deepEqual(refused.error.details?.records, records);
  assert.match(
    refused.error.hint ?? '',
    new RegExp(by === null ? '^git merge ' : `^stateroot rollback ${by.slice(0, 7)}`),
  );
  assert.equal(temp.git('rev-parse', 'HEAD'), head);
  assert.equal(readFileSync(temp.at(noteFile), 'utf8'), note);
  assert.equal(existsSync(temp.at('leveldb.restored')), false);
}

/** As a migration leaves it: a LevelDB, its import merged as one commit, and the note. */
async function migrated(t: TestContext, before: (temp: TempRepository) => void = () => {}): Promise<TempRepository> {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb*/\nback/\n');
  temp.commitAll('Begin');
  before(temp);
  await makeStore(
    temp.at('leveldb'),
    entriesOf({
      '97-LookCoin': contractValue('LookCoin', 97),
      '97-FeeManager': contractValue('FeeManager', 97, { address: address(1), proxyAddress: address(2) }),
      '31337-X': 'no record',
    }),
  );
  const imported = stateroot(temp, ['import', 'leveldb', 'leveldb']);
  assert.equal(imported.code, 0, imported.stderr);
  const branch = temp.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/state');
  temp.git('merge', '--quiet', '--no-ff', '--no-edit', branch);
  mkdirSync(dirname(temp.at(noteFile)), { recursive: true });
  writeFileSync(temp.at(noteFile), noteText(noteOf(temp, temp.git('rev-parse', 'HEAD'))));
  return temp;
}

function noteOf(temp: TempRepository, cutover: string | undefined): MigrationNote {
  return {
    version: 1,
    id: '0123456789ab',
    root: '',
    startedAt: '2026-11-21T10:00:00.000Z',
    sources: { leveldb: temp.at('leveldb'), also: [], json: [], unified: [], openzeppelin: [] },
    batchSize: 10,
    phases: [],
    progress: null,
    scripts: 'git',
    outcome: 'merged',
    ...(cutover === undefined ? {} : { merge: cutover }),
  };
}

function put(temp: TempRepository, network: string, name: string, ...args: string[]): void {
  const done = stateroot(temp, ['put', network, name, '--set', `implementation=${address(name)}`, ...args]);
  assert.equal(done.code, 0, done.stderr);
}

function keysOf(content: ReadonlyMap<string, string>): string[] {
  return [...content.keys()].sort();
}
