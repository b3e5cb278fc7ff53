import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { openRepository } from '../../../src/git/open-repository.js';
import { thisProcess } from '../../../src/git/write/process-identity.js';
import { removeDeadScratch } from '../../../src/git/write/scratch-folder.js';
import type { StateRepository } from '../../../src/ports/state-repository.js';
import { steps } from '../../support/die-at.js';
import { slowTemplate, type TempRepository } from '../../support/temp-repository.js';

const path = 'deployments/unified/bsctestnet.unified.json';
const program = join(import.meta.dirname, '..', '..', 'support', 'die-at.js');

const start = slowTemplate(async (temp) => {
  const repository = await openRepository(temp.path, { env: temp.env });
  await write(repository, 'first\n');
  await repository.close();
});

async function repositoryWith(t: TestContext): Promise<{ temp: TempRepository; open: () => Promise<StateRepository> }> {
  const temp = await start(t);
  const opened: StateRepository[] = [];
  t.after(() => Promise.all(opened.map((repository) => repository.close())));
  const open = async () => {
    const repository = await openRepository(temp.path, { env: temp.env, lockTimeout: 3000 });
    opened.push(repository);
    return repository;
  };
  temp.write('user.txt', 'staged\n');
  temp.git('add', 'user.txt');
  temp.write('user.txt', 'edited\n');
  return { temp, open };
}

async function write(repository: StateRepository, text: string): Promise<string> {
  const written = await repository.write({
    operation: 'put bsctestnet',
    target: { kind: 'head', allowDetached: false },
    plan: () => Promise.resolve([{ files: new Map([[path, text]]), message: `state: ${text}` }]),
  });
  return written.commits[0] ?? '';
}

function die(temp: TempRepository, step: string, text = 'dead\n', file = path): void {
  const child = spawnSync(process.execPath, [program, temp.path, step, file, text], {
    env: temp.env,
    encoding: 'utf8',
  });
  assert.equal(child.signal, 'SIGKILL', child.stderr);
}

function assertTidy(temp: TempRepository): void {
  assert.equal(temp.git('status', '--porcelain'), 'AM user.txt');
  assert.equal(readFileSync(temp.at('user.txt'), 'utf8'), 'edited\n');
  assert.equal(temp.git('show', ':user.txt'), 'staged');
  assert.equal(temp.git('fsck', '--strict', '--no-dangling'), '');
  assert.deepEqual(
    readdirSync(temp.at('.git')).filter((name) => /lock|stateroot-index/.test(name)),
    [],
  );
  assert.deepEqual(readdirSync(temp.at('.git', 'stateroot')), []);
  assert.deepEqual(readdirSync(temp.at('deployments', 'unified')), ['bsctestnet.unified.json']);
}

describe('a write killed at any step', () => {
  for (const step of steps) {
    it(`after "${step}" leaves nothing the next write cannot settle`, async (t) => {
      const { temp, open } = await repositoryWith(t);
      die(temp, step);
      const commit = await write(await open(), 'next\n');
      assert.equal(temp.git('rev-parse', 'HEAD'), commit);
      assert.equal(temp.git('show', `HEAD:${path}`), 'next');
      const moved = ['ref-step', 'ref'].includes(step);
      assert.equal(temp.git('rev-list', '--count', 'HEAD'), moved ? '3' : '2');
      assertTidy(temp);
    });

    it(`after "${step}" keeps an edit someone made since, and asks`, async (t) => {
      const { temp, open } = await repositoryWith(t);
      die(temp, step);
      temp.write(path, 'edited by hand\n');
      await assert.rejects(write(await open(), 'next\n'), (error: { code?: string }) =>
        ['UNCOMMITTED_EDITS', 'RECOVERY_NEEDED'].includes(error.code ?? ''),
      );
      assert.equal(readFileSync(temp.at(path), 'utf8'), 'edited by hand\n');
    });
  }

  it('is undone on request and the edit stays', async (t) => {
    const { temp, open } = await repositoryWith(t);
    die(temp, 'index');
    temp.write(path, 'edited by hand\n');
    const repository = await open();
    const [outcome] = await repository.recover('undo');
    assert.equal(outcome?.state, 'undone');
    assert.equal(temp.git('show', `:${path}`), 'first');
    assert.equal(readFileSync(temp.at(path), 'utf8'), 'edited by hand\n');
    assert.deepEqual(await repository.unfinished(), []);
  });

  it('is finished on request and the edit stays', async (t) => {
    const { temp, open } = await repositoryWith(t);
    die(temp, 'index');
    temp.write(path, 'edited by hand\n');
    const [outcome] = await (await open()).recover('finish');
    assert.equal(outcome?.state, 'finished');
    assert.equal(temp.git('show', `HEAD:${path}`), 'dead');
    assert.equal(readFileSync(temp.at(path), 'utf8'), 'edited by hand\n');
  });

  it('is listed before anyone decides', async (t) => {
    const { temp, open } = await repositoryWith(t);
    die(temp, 'work-tree');
    const [unfinished] = await (await open()).unfinished();
    assert.deepEqual(unfinished?.paths, [path]);
    assert.equal(unfinished.state, 'undecided');
  });

  it('that created a file takes it away again', async (t) => {
    const { temp, open } = await repositoryWith(t);
    die(temp, 'stage', 'dead\n', 'deployments/quarantine/97.json');
    await write(await open(), 'next\n');
    assert.equal(existsSync(temp.at('deployments/quarantine')), false);
    assertTidy(temp);
  });

  it('leaves a ref lock that only a journal naming that step may remove', async (t) => {
    const { temp, open } = await repositoryWith(t);
    die(temp, 'ref-step');
    const lock = temp.at('.git', 'refs', 'heads', 'main.lock');
    writeFileSync(lock, '');
    await write(await open(), 'next\n');
    assert.equal(temp.git('show', `HEAD:${path}`), 'next');
    assertTidy(temp);
  });

  it('never removes a ref lock that changes hands while it waits: git is alive there', async (t) => {
    const { temp, open } = await repositoryWith(t);
    die(temp, 'ref-step');
    const lock = temp.at('.git', 'refs', 'heads', 'main.lock');
    let turn = 0;
    const renew = () => {
      writeFileSync(`${lock}.next`, String((turn += 1)));
      renameSync(`${lock}.next`, lock);
    };
    renew();
    const timer = setInterval(renew, 300);
    t.after(() => {
      clearInterval(timer);
    });
    await assert.rejects(write(await open(), 'next\n'), { code: 'BUSY' });
    clearInterval(timer);
    assert.equal(readFileSync(lock, 'utf8'), String(turn));
  });

  it('loses its scratch folder with its lock, and no living write loses its own', async (t) => {
    const { temp, open } = await repositoryWith(t);
    const folder = temp.at('.git', 'stateroot');
    const lock = { id: 'a11e', operation: 'import', startedAt: new Date().toISOString(), ...(await thisProcess()) };
    writeFileSync(join(folder, 'lock.a11e.json'), JSON.stringify(lock));
    writeFileSync(join(folder, 'lock.dead.json'), JSON.stringify({ ...lock, id: 'dead', startTime: '1' }));
    for (const id of ['a11e', 'dead', '90ae']) {
      mkdirSync(join(folder, `scratch.${id}`));
      writeFileSync(join(folder, `scratch.${id}`, 'blob'), 'half');
    }
    await removeDeadScratch(folder);
    assert.deepEqual(readdirSync(folder).sort(), ['lock.a11e.json', 'lock.dead.json', 'scratch.a11e']);
    rmSync(join(folder, 'lock.a11e.json'));
    await (await open()).recover('undo');
    assert.deepEqual(readdirSync(folder), []);
  });

  it('never removes a ref lock that is older than itself', async (t) => {
    const { temp, open } = await repositoryWith(t);
    const lock = temp.at('.git', 'refs', 'heads', 'main.lock');
    die(temp, 'ref-step');
    writeFileSync(lock, '');
    utimesSync(lock, new Date(0), new Date(0));
    await assert.rejects(write(await open(), 'next\n'), { code: 'BUSY' });
    assert.equal(existsSync(lock), true);
  });
});
