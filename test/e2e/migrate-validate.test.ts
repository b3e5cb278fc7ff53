import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MigrationReport } from '../../src/core/compare/migration-report.js';
import { statejson, stateroot } from '../support/command-line.js';
import { contractValue, entriesOf, fingerprint, makeStore, storeContent } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const other = '0x0F4a4f02Ba6B516D837d102024fE66C6022BB728';
const store = {
  '97-Token': contractValue('Token', 97),
  '97-Vault': contractValue('Vault', 97, { proxyAddress: other, deploymentArgs: ['1000000000000000000'] }),
  '31337-X': 'no record',
};

describe('migrate validate', () => {
  it('exits 0 with the documented report when everything came over, and leaves the LevelDB as it was', async (t) => {
    const temp = await migrated(t);
    const before = fingerprint(temp.at('leveldb'));
    const answer = statejson(temp, ['migrate', 'validate']);
    assert.equal(answer.code, 0, JSON.stringify(answer));
    const report = answer.data as MigrationReport;
    assert.deepEqual(
      [report.sourceCount, report.targetCount, report.matches, report.mismatches, report.missing, report.extra],
      [2, 2, 2, [], [], []],
    );
    assert.deepEqual(report.quarantined, [{ key: '31337-X', file: 'deployments/quarantine/31337.json' }]);
    assert.equal(report.quality.score, 100);
    assert.deepEqual(fingerprint(temp.at('leveldb')), before);
  });

  it('exits 1 and names the field, with its values, as text, Markdown and JSON', async (t) => {
    const temp = await migrated(t);
    assert.equal(stateroot(temp, ['put', 'bsctestnet', 'Token', '--set', `implementation=${other}`]).code, 0);
    const answer = statejson(temp, ['migrate', 'validate', '--leveldb', 'leveldb']);
    assert.equal(answer.code, 1);
    assert.deepEqual((answer.data as MigrationReport).mismatches[0]?.differences, [
      { path: '/address', before: '0xfD6ab351cd88F004c614E83225816b3A7b7733be', after: other },
    ]);
    const text = stateroot(temp, ['migrate', 'validate']);
    assert.deepEqual([text.code, text.stdout.includes(other)], [1, true]);
    const markdown = stateroot(temp, ['migrate', 'validate', '--format', 'md']);
    assert.deepEqual([markdown.code, markdown.stdout.includes(`| \`${other}\` |`)], [1, true]);
    const json = stateroot(temp, ['migrate', 'validate', '--format', 'json']);
    assert.deepEqual(JSON.parse(json.stdout), JSON.parse(stateroot(temp, ['migrate', 'validate', '--json']).stdout));
    assert.equal(stateroot(temp, ['migrate', 'validate', '--at', 'HEAD~1']).code, 0);
  });

  it('exits 2 where there is nothing to compare with, and for a flag of another action', (t) => {
    const temp = tempRepository(t);
    temp.commitAll('Begin');
    assert.equal(stateroot(temp, ['migrate', 'validate']).code, 2);
    assert.equal(stateroot(temp, ['migrate', 'validate', '--rule', 'git']).code, 2);
    assert.equal(stateroot(temp, ['migrate', 'validate', '--leveldb', 'nowhere']).code, 2);
  });
});

describe('migrate reconcile', () => {
  it('exits 0 where nothing differs, and 3 with the report where a person has to decide', async (t) => {
    const temp = await migrated(t);
    assert.equal(statejson(temp, ['migrate', 'reconcile']).code, 0);
    diverge(temp);
    const before = temp.git('rev-parse', 'HEAD');
    const answer = statejson(temp, ['migrate', 'reconcile']);
    assert.deepEqual([answer.code, answer.error?.code], [3, 'CONFLICT']);
    assert.deepEqual(placesOf(answer.data), ['bsctestnet/Token/address', 'bsctestnet/Vault']);
    assert.equal(temp.git('rev-parse', 'HEAD'), before);
  });

  it('brings the LevelDB into Git by rule, after which both say the same', async (t) => {
    const temp = await migrated(t);
    diverge(temp);
    const before = temp.git('rev-parse', 'HEAD');
    const answer = stateroot(temp, ['migrate', 'reconcile', '--rule', 'leveldb', '-q']);
    assert.equal(answer.code, 0, answer.stderr);
    assert.equal(answer.stdout.trim(), temp.git('rev-parse', 'HEAD'));
    assert.equal(temp.git('rev-parse', 'HEAD~1'), before);
    assert.equal(stateroot(temp, ['migrate', 'validate']).code, 0);
    assert.equal(stateroot(temp, ['validate']).code, 0);
  });

  it('leaves the LevelDB alone where Git is right, and names the export that makes one of it', async (t) => {
    const temp = await migrated(t);
    diverge(temp);
    const untouched = fingerprint(temp.at('leveldb'));
    const answer = stateroot(temp, ['migrate', 'reconcile', '--rule', 'git']);
    assert.equal(answer.code, 0);
    assert.match(answer.stderr, /stateroot export leveldb <out>/);
    assert.deepEqual(fingerprint(temp.at('leveldb')), untouched);
    assert.equal(stateroot(temp, ['export', 'leveldb', 'made']).code, 0);
    assert.equal(statejson(temp, ['migrate', 'reconcile', '--leveldb', 'made']).code, 0);
    assert.deepEqual([...(await storeContent(temp.at('made'))).keys()], ['97-Token']);
  });

  it('decides single places, and exits 3 for those that are left', async (t) => {
    const temp = await migrated(t);
    diverge(temp);
    const answer = statejson(temp, ['migrate', 'reconcile', '--set', 'bsctestnet/Vault=leveldb']);
    assert.equal(answer.code, 3);
    assert.deepEqual(placesOf(answer.data, 'left'), ['bsctestnet/Token/address']);
    assert.equal(stateroot(temp, ['get', 'bsctestnet', 'Vault']).code, 0);
    assert.equal(stateroot(temp, ['migrate', 'reconcile', '--set', 'bsctestnet/Nobody=git']).code, 2);
    assert.equal(stateroot(temp, ['migrate', 'reconcile', '--set', 'bsctestnet/Token=mine']).code, 2);
  });
});

async function migrated(t: { after(run: () => void): void }): Promise<TempRepository> {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb/\nmade/\n');
  temp.commitAll('Begin');
  await makeStore(temp.at('leveldb'), entriesOf(store));
  const imported = stateroot(temp, ['import', 'leveldb', 'leveldb', '--here']);
  assert.equal(imported.code, 0, imported.stderr);
  return temp;
}

/** Token is upgraded and Vault deleted, both in Git only. */
function diverge(temp: TempRepository): void {
  assert.equal(stateroot(temp, ['put', 'bsctestnet', 'Token', '--set', `implementation=${other}`]).code, 0);
  assert.equal(stateroot(temp, ['delete', 'bsctestnet', 'Vault']).code, 0);
}

function placesOf(data: never, member: 'discrepancies' | 'left' = 'discrepancies'): string[] {
  const found = data as Record<'discrepancies' | 'left', readonly { place: string }[]>;
  return found[member].map(({ place }) => place).sort();
}
