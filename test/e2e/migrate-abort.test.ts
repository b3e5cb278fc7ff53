import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { StateManagerFactory } from '../../src/managers/factory/state-manager-factory.js';
import { stateroot, statejson } from '../support/command-line.js';
import { sampleContract } from '../support/contracts.js';
import { contractValue, entriesOf, makeStore } from '../support/leveldb-store.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

describe('a migration that is given up after scripts wrote to both sides', () => {
  it('leaves them on both: Git alone does not know what the LevelDB had before, and would have it deployed again', async (t) => {
    const temp = await dualWriting(t);
    await deploy(t, temp, 'During');
    const aborted = statejson(temp, ['migrate', 'abort']);
    assert.equal(aborted.code, 0, JSON.stringify(aborted));
    const manager = await managerOf(t, temp);
    assert.equal((await manager.getContract(97, 'LookCoin'))?.contractName, 'LookCoin');
    assert.equal((await manager.getContract(97, 'During'))?.contractName, 'During');
    assert.match(stateroot(temp, ['migrate', 'status']).stdout, /write to LevelDB and Git/);
  });

  it('ends that as soon as Git holds nothing of it any more', async (t) => {
    const temp = await dualWriting(t);
    await deploy(t, temp, 'During');
    assert.equal(statejson(temp, ['migrate', 'abort']).code, 0);
    assert.equal(statejson(temp, ['rollback', 'HEAD']).code, 0);
    assert.equal(statejson(temp, ['migrate', 'abort']).code, 0);
    assert.doesNotMatch(stateroot(temp, ['migrate', 'status']).stdout, /write to LevelDB and Git/);
    assert.equal(statejson(temp, ['migrate', 'abort']).error?.code, 'NOT_FOUND');
  });

  it('is as before where nobody deployed meanwhile', async (t) => {
    const temp = await dualWriting(t);
    assert.equal(statejson(temp, ['migrate', 'abort']).code, 0);
    assert.doesNotMatch(stateroot(temp, ['migrate', 'status']).stdout, /write to LevelDB and Git/);
  });
});

async function dualWriting(t: TestContext): Promise<TempRepository> {
  const temp = tempRepository(t);
  temp.write('.gitignore', 'leveldb/\nbackups/\n');
  temp.commitAll('Begin');
  await makeStore(temp.at('leveldb'), entriesOf({ '97-LookCoin': contractValue('LookCoin', 97) }));
  const run = stateroot(temp, ['migrate', 'run', '--until', 'dual-write', '--no-backup']);
  assert.equal(run.code, 0, run.stderr);
  return temp;
}

async function managerOf(t: TestContext, temp: TempRepository) {
  const backends = { unified: { env: temp.env } };
  const manager = await StateManagerFactory.createManager('bsctestnet', { cwd: temp.path, env: {}, backends });
  t.after(() => manager.close());
  return manager;
}

async function deploy(t: TestContext, temp: TempRepository, name: string): Promise<void> {
  const manager = await managerOf(t, temp);
  await manager.putContract(97, sampleContract(name, 97));
  await manager.close();
}
