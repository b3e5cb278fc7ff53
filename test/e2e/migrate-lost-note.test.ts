import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import type { MigrationNote } from '../../src/core/migration/note.js';
import { StateManagerFactory } from '../../src/managers/factory/state-manager-factory.js';
import { stateroot, statejson } from '../support/command-line.js';
import { sampleContract } from '../support/contracts.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const noteFolder = '.git/stateroot/migration';

describe('a migration whose note is lost', () => {
  it('is resumed from its branch, with the phases that are done', async (t) => {
    const temp = await begun(t, 'bulk');
    rmSync(temp.at(noteFolder), { recursive: true });
    assert.equal(stateroot(temp, ['migrate', 'resume']).code, 0);
    const note = noteOf(temp);
    assert.equal(note.scripts, 'dual-write');
    assert.deepEqual(
      note.phases.map(({ name, status }) => `${name} ${status}`),
      ['preconditions done', 'dual-write done', 'bulk done', 'consistency done'],
    );
    const done = stateroot(temp, ['migrate', 'resume', '--cutover']);
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stdout, /Phase 3 \(Data Migration\): done/);
    assert.equal((statejson(temp, ['list']).data as unknown[]).length, 3);
  });

  it('goes on in a fresh clone that has the branch, and a LevelDB that says the same', async (t) => {
    const temp = await begun(t, 'consistency', '--no-dual-write');
    const clone = cloneOf(t, temp);
    cpSync(temp.at('leveldb'), clone.at('leveldb.copy'), { recursive: true });
    const missing = statejson(clone, ['migrate', 'resume', '--cutover']);
    assert.equal(missing.error?.code, 'BAD_USAGE');
    const remote = statejson(clone, ['migrate', 'resume', '--leveldb', 'leveldb.copy']);
    assert.equal(remote.error?.code, 'NOT_FOUND');
    const branch = branchOf(temp);
    assert.ok(remote.error.hint?.includes(`git branch ${branch} origin/${branch}`));
    clone.git('branch', '--quiet', branch, `origin/${branch}`);
    const resumed = stateroot(clone, ['migrate', 'resume', '--leveldb', 'leveldb.copy']);
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.equal(noteOf(clone).scripts, 'unchanged');
    assert.equal(stateroot(clone, ['migrate', 'resume', '--cutover']).code, 0);
    assert.equal((statejson(clone, ['list']).data as unknown[]).length, 3);
  });

  it('is not resumed from other sources: they would take back what its branch has', async (t) => {
    const temp = await begun(t, 'bulk');
    rmSync(temp.at(noteFolder), { recursive: true });
    await makeStore(temp.at('leveldb.old'), entriesOf({ '97-LookCoin': contractValue('LookCoin', 97) }));
    const tip = temp.git('rev-parse', branchOf(temp));
    const refused = statejson(temp, ['migrate', 'resume', '--leveldb', 'leveldb.old']);
    assert.equal(refused.error?.code, 'MIGRATION_FAILED');
    assert.equal(temp.git('rev-parse', branchOf(temp)), tip);
    assert.equal((statejson(temp, ['migrate', 'status']).data as { state: string }).state, 'none');
  });

  it('is not resumed where scripts of another clone wrote meanwhile what this LevelDB lacks', async (t) => {
    const temp = await begun(t, 'bulk');
    cpSync(temp.at('leveldb'), temp.at('leveldb.before'), { recursive: true });
    const backends = { unified: { env: temp.env } };
    const manager = await StateManagerFactory.createManager('bsctestnet', { cwd: temp.path, env: {}, backends });
    await manager.putContract(97, sampleContract('During', 97));
    await manager.close();
    rmSync(temp.at(noteFolder), { recursive: true });
    const refused = statejson(temp, ['migrate', 'resume', '--leveldb', 'leveldb.before']);
    assert.equal(refused.error?.code, 'CONFLICT');
    assert.match(refused.error.message, /bsctestnet\/During/);
    // What the LevelDB here says is all there is: a migration begun anew has it.
    const anew = stateroot(temp, ['migrate', 'run', '--cutover', '--no-backup']);
    assert.equal(anew.code, 0, anew.stderr);
    assert.equal((statejson(temp, ['list']).data as unknown[]).length, 4);
  });

  it('is not resumed where it is merged already: scripts would write to the LevelDB again', async (t) => {
    const temp = await begun(t, 'cutover');
    rmSync(temp.at(noteFolder), { recursive: true });
    assert.equal(statejson(temp, ['migrate', 'resume']).error?.code, 'CONFLICT');
  });

  it('takes other sources for no resumption of one that is under way', async (t) => {
    const temp = await begun(t, 'bulk');
    const refused = statejson(temp, ['migrate', 'resume', '--leveldb', 'elsewhere']);
    assert.equal(refused.error?.code, 'OPERATION_IN_PROGRESS');
    assert.equal(stateroot(temp, ['migrate', 'resume', '--leveldb', 'leveldb']).code, 0);
  });
});

async function begun(t: TestContext, until: string, ...flags: string[]): Promise<TempRepository> {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb*/\n');
  temp.commitAll('Begin');
  const names = ['LookCoin', 'FeeManager', 'SupplyOracle'];
  await makeStore(
    temp.at('leveldb'),
    entriesOf(Object.fromEntries(names.map((name) => [`97-${name}`, contractValue(name, 97)]))),
  );
  const run = stateroot(temp, ['migrate', 'run', '--until', until, '--no-backup', ...flags]);
  assert.equal(run.code, 0, run.stderr);
  return temp;
}

function cloneOf(t: TestContext, temp: TempRepository): TempRepository {
  const clone = tempRepository(t);
  clone.git('remote', 'add', 'origin', temp.path);
  clone.git('fetch', '--quiet', 'origin');
  clone.git('reset', '--quiet', '--hard', 'origin/main');
  return clone;
}

function branchOf(temp: TempRepository): string {
  return temp.git('for-each-ref', '--format=%(refname:short)', 'refs/heads/state/');
}

function noteOf(temp: TempRepository): MigrationNote {
  return JSON.parse(readFileSync(temp.at(noteFolder, 'root.json'), 'utf8')) as MigrationNote;
}
