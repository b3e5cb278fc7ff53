import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it, type TestContext } from 'node:test';
import type { StateManagerOptions } from '../../src/managers/factory/manager-options.js';
import { StateManagerFactory } from '../../src/managers/factory/state-manager-factory.js';
import { UnifiedJSONStateManager } from '../../src/managers/unified/unified-state-manager.js';
import { stateroot, statejson } from '../support/command-line.js';
import { sampleContract } from '../support/contracts.js';
import { address } from '../support/deployments.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

const stateFile = 'deployments/unified/bsctestnet.unified.json';

describe('another clone, while one migrates', () => {
  it('is refused by auto for every network until the cutover is pulled, and then has all of it', async (t) => {
    const temp = await dualWriting(t);
    await deploy(t, temp, 'During');
    const clone = cloneOf(t, temp);
    for (const network of ['bsctestnet', 'bscmainnet']) await assert.rejects(managerOf(t, clone, network), refused);
    await assert.rejects(
      StateManagerFactory.describeConfiguration('bsctestnet', { cwd: clone.path, env: {} }),
      refused,
    );

    assert.equal(statejson(temp, ['migrate', 'resume', '--cutover']).code, 0);
    assert.equal(temp.git('rev-list', '--count', '--merges', 'HEAD'), '1');
    assert.match(temp.git('log', '-1', '--format=%s'), /merge state\/migrate-/);
    assert.doesNotMatch(readFileSync(temp.at(stateFile), 'utf8'), /dualWrite/);
    assert.equal(statejson(temp, ['validate', '--merges', 'HEAD~1..HEAD']).code, 0);
    clone.git('pull', '--quiet');
    const manager = await managerOf(t, clone);
    const names = (await manager.getAllContracts(97)).map(({ contractName }) => contractName);
    assert.deepEqual(names, ['During', 'LookCoin']);
  });

  it('is refused in a shallow clone, after a squash, and again when the cutover is reverted by git', async (t) => {
    const temp = await dualWriting(t);
    temp.git('switch', '--quiet', '--create', 'deploy');
    await deploy(t, temp, 'During');
    temp.git('switch', '--quiet', 'main');
    temp.git('merge', '--quiet', '--squash', 'deploy');
    temp.git('commit', '--quiet', '--message=Squashed');
    await assert.rejects(managerOf(t, cloneOf(t, temp, '--depth=1')), refused);
    assert.equal(statejson(temp, ['migrate', 'resume', '--cutover']).code, 0);
    await managerOf(t, cloneOf(t, temp, '--depth=1'));
    temp.git('revert', '--no-edit', '-m', '1', 'HEAD');
    await assert.rejects(managerOf(t, cloneOf(t, temp, '--depth=1')), refused);
  });

  it('is refused after an abort, until what was written to both is taken back', async (t) => {
    const temp = await dualWriting(t);
    await deploy(t, temp, 'During');
    assert.equal(statejson(temp, ['migrate', 'abort']).code, 0);
    await assert.rejects(managerOf(t, cloneOf(t, temp)), refused);
    assert.equal(statejson(temp, ['rollback', 'HEAD']).code, 0);
    await managerOf(t, cloneOf(t, temp));
  });

  it('is no longer refused when a migration that was begun anew is cut over', async (t) => {
    const temp = await dualWriting(t);
    await deploy(t, temp, 'During');
    assert.equal(statejson(temp, ['migrate', 'abort']).code, 0);
    const run = stateroot(temp, ['migrate', 'run', '--until', 'dual-write', '--no-backup']);
    assert.equal(run.code, 0, run.stderr);
    await deploy(t, temp, 'During', address(7));
    await deploy(t, temp, 'Again');
    const done = statejson(temp, ['migrate', 'resume', '--cutover']);
    assert.equal(done.code, 0, JSON.stringify(done));
    const manager = await managerOf(t, cloneOf(t, temp));
    assert.equal((await manager.getAllContracts(97)).length, 3);
  });

  it('is refused after a rollback for what was recorded since the cutover, and stays in Git', async (t) => {
    const temp = await dualWriting(t);
    assert.equal(statejson(temp, ['migrate', 'resume', '--cutover']).code, 0);
    await deploy(t, temp, 'Later');
    assert.ok((await managerOf(t, cloneOf(t, temp))) instanceof UnifiedJSONStateManager);
    const back = statejson(temp, ['migrate', 'rollback']);
    assert.equal(back.code, 0, JSON.stringify(back));
    assert.equal(statejson(temp, ['get', 'bsctestnet', 'Later']).code, 0);
    assert.equal(statejson(temp, ['get', 'bsctestnet', 'LookCoin']).code, 1);
    await assert.rejects(managerOf(t, cloneOf(t, temp)), refused);
  });

  it('is not refused a backend that the script names', async (t) => {
    const temp = await dualWriting(t);
    await deploy(t, temp, 'During');
    const clone = cloneOf(t, temp);
    const manager = await managerOf(t, clone, 'bsctestnet', { backend: 'unified' });
    assert.equal((await manager.getAllContracts(97)).length, 1);
    await managerOf(t, clone, 'bsctestnet', { env: { STATE_BACKEND: 'leveldb' } });
  });

  it('is refused in the clone that migrated, too, where the cutover is not checked out, or was reverted by hand', async (t) => {
    const temp = await dualWriting(t);
    assert.equal(statejson(temp, ['migrate', 'resume', '--cutover']).code, 0);
    await managerOf(t, temp);
    temp.git('switch', '--quiet', '--detach', 'HEAD^1');
    await assert.rejects(managerOf(t, temp), refused);
    temp.git('switch', '--quiet', 'main');
    const put = stateroot(temp, ['put', 'bscmainnet', 'Later', '--set', `implementation=${address('Later')}`]);
    assert.equal(put.code, 0, put.stderr);
    temp.git('revert', '--no-edit', '-m', '1', 'HEAD^');
    await assert.rejects(managerOf(t, temp), refused);
    temp.git('revert', '--no-edit', 'HEAD');
    await managerOf(t, temp);
  });

  it('may take back one of several writes, in any order', async (t) => {
    const temp = await dualWriting(t, true);
    await deploy(t, temp, 'First');
    await deploy(t, temp, 'Second');
    const undone = statejson(temp, ['rollback', 'HEAD^']);
    assert.equal(undone.code, 0, JSON.stringify(undone));
    assert.match(readFileSync(temp.at(stateFile), 'utf8'), /"dualWrite": \{\n {4}"Second": "[0-9a-f]{12}"\n {2}\}/);
    await assert.rejects(managerOf(t, cloneOf(t, temp)), refused);
    assert.equal(statejson(temp, ['rollback', 'HEAD^']).code, 0);
    await managerOf(t, cloneOf(t, temp));
  });
});

const refused = { code: 'BACKEND_UNAVAILABLE' };

/** A clone whose scripts write to both backends; with `isStateThere` Git had a record before. */
async function dualWriting(t: TestContext, isStateThere = false): Promise<TempRepository> {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb*/\nbackups/\n');
  temp.commitAll('Begin');
  if (isStateThere) {
    const put = stateroot(temp, ['put', 'bsctestnet', 'Early', '--set', `implementation=${address('Early')}`]);
    assert.equal(put.code, 0, put.stderr);
  }
  await makeStore(temp.at('leveldb'), entriesOf({ '97-LookCoin': contractValue('LookCoin', 97) }));
  const run = stateroot(temp, ['migrate', 'run', '--until', 'dual-write', '--no-backup']);
  assert.equal(run.code, 0, run.stderr);
  return temp;
}

function cloneOf(t: TestContext, temp: TempRepository, ...options: string[]): TempRepository {
  const clone = tempRepository(t);
  clone.git('remote', 'add', 'origin', `file://${temp.path}`);
  clone.git('fetch', '--quiet', ...options, 'origin', 'main');
  clone.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
  clone.git('fetch', '--quiet', ...options);
  clone.git('branch', '--quiet', '--set-upstream-to=origin/main');
  return clone;
}

async function managerOf(
  t: TestContext,
  temp: TempRepository,
  network = 'bsctestnet',
  options: StateManagerOptions = {},
) {
  const backends = { unified: { env: temp.env } };
  const manager = await StateManagerFactory.createManager(network, { cwd: temp.path, env: {}, backends, ...options });
  t.after(() => manager.close());
  return manager;
}

async function deploy(t: TestContext, temp: TempRepository, name: string, at = address(name)): Promise<void> {
  const manager = await managerOf(t, temp);
  await manager.putContract(97, sampleContract(name, 97, { address: at }));
  await manager.close();
}
