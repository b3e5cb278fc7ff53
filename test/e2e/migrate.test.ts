import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import process from 'node:process';
import { describe, it } from 'node:test';
import { Level } from 'level';
import { program, statejson, stateroot } from '../support/command-line.js';
import { fingerprint, makeStore } from '../support/leveldb-store.js';
import { generatedEntries, keyOf, valueOf } from '../support/migration-source.js';
import { tempRepository, type TempRepository } from '../support/temp-repository.js';

type Data = {
  kind: string;
  branch: string;
  commit: string;
  state: string;
  report: string;
  migration: { scripts: string };
};

describe('migrate', () => {
  it('brings a LevelDB in, with what is deployed meanwhile, as one merge commit that can be reverted', async (t) => {
    const temp = await repositoryWithStore(t, 3, 6);
    temp.write('README.md', 'Contracts\n');
    temp.commitAll('Say what this is');
    const before = fingerprint(temp.at('leveldb'));
    const run = statejson(temp, ['migrate', 'run', '--batch-size', '4']);
    assert.equal(run.code, 0);
    const { branch } = run.data as Data;
    assert.deepEqual(fingerprint(temp.at('leveldb')), before);
    assert.equal((run.data as Data).migration.scripts, 'dual-write');
    assert.ok(existsSync(temp.at('backups')));

    // A deploy script that writes to both: the LevelDB, and the checked-out branch.
    await deploy(temp, 0, 6);
    const input = JSON.stringify(valueOf(0, 6));
    assert.equal(stateroot(temp, ['put', 'net0', 'Contract6', '--from', '-'], { input }).code, 0);
    await deploy(temp, 2, 7);

    const parent = temp.git('rev-parse', 'HEAD');
    const done = statejson(temp, ['migrate', 'resume', '--cutover']);
    assert.equal(done.code, 0, JSON.stringify(done.error));
    const { commit, report } = done.data as Data;
    assert.equal(temp.git('rev-parse', 'HEAD'), commit);
    assert.equal(temp.git('rev-parse', 'HEAD^1', 'HEAD^2'), `${parent}\n${temp.git('rev-parse', branch)}`);
    assert.match(report, /- Migration Status: SUCCESS\n/);
    assert.match(report, /- Contracts Migrated: 20\/20\n- Networks Validated: 3\/3\n/);
    assert.match(report, /Records written while the migration ran, and brought in: 2\n/);
    assert.equal((statejson(temp, ['list']).data as unknown[]).length, 20);
    assert.equal(statejson(temp, ['validate']).code, 0);
    assert.equal(temp.git('status', '--porcelain'), '');

    assert.equal(stateroot(temp, ['rollback', 'HEAD']).code, 0);
    assert.equal(temp.git('rev-parse', 'HEAD^{tree}'), temp.git('rev-parse', `${parent}^{tree}`));
  });

  it('stops on SIGTERM after the batch in hand, says so with exit 5, and is given up by abort', async (t) => {
    const temp = await repositoryWithStore(t, 12, 6);
    const quick = ['--batch-size', '1', '--no-backup', '--no-dual-write'];
    const child = spawn(process.execPath, [program, 'migrate', 'run', ...quick], {
      cwd: temp.path,
      env: temp.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Phase 2 of 5')) child.kill('SIGTERM');
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 5);
    assert.equal((statejson(temp, ['migrate', 'status']).data as Data).state, 'stopped');
    const ref = temp.git('for-each-ref', '--format=%(refname)', 'refs/heads/state/');
    assert.match(ref, /^refs\/heads\/state\/migrate-[0-9a-f]{12}$/);

    temp.git('switch', '--quiet', ref.slice('refs/heads/'.length));
    assert.equal(statejson(temp, ['migrate', 'abort']).error?.code, 'BRANCH_CHECKED_OUT');
    temp.git('switch', '--quiet', 'main');
    assert.equal(stateroot(temp, ['migrate', 'abort']).code, 0);
    assert.equal(temp.git('for-each-ref', 'refs/heads/state/'), '');
    assert.equal((statejson(temp, ['migrate', 'status']).data as Data).state, 'aborted');
    assert.equal(statejson(temp, ['migrate', 'resume']).error?.code, 'NOT_FOUND');
  });

  it('refuses a damaged LevelDB, nothing to migrate, and flags that an action does not take', async (t) => {
    const temp = await repositoryWithStore(t, 1, 1);
    temp.write('leveldb/CURRENT', 'MANIFEST-999999\n');
    assert.equal(statejson(temp, ['migrate', 'run', '--no-backup']).error?.code, 'LEVELDB_INVALID');
    assert.equal(temp.git('for-each-ref', 'refs/heads/state/'), '');
    assert.equal(statejson(temp, ['migrate', 'abort', '--cutover']).error?.code, 'BAD_USAGE');
    const empty = tempRepository(t);
    empty.commitAll('Begin');
    assert.equal(statejson(empty, ['migrate', 'plan']).error?.code, 'BAD_USAGE');
  });
});

async function repositoryWithStore(
  t: { after(run: () => void): void },
  networks: number,
  records: number,
): Promise<TempRepository> {
  const temp = tempRepository(t);
  await makeStore(temp.at('leveldb'), generatedEntries(networks, records));
  temp.write('.gitignore', 'leveldb/\n');
  temp.commitAll('Begin');
  return temp;
}

async function deploy(temp: TempRepository, network: number, record: number): Promise<void> {
  const database = new Level<string, string>(temp.at('leveldb'));
  await database.open();
  await database.put(keyOf(network, record), JSON.stringify(valueOf(network, record)));
  await database.close();
}
