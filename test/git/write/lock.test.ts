import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { describe, it, type TestContext } from 'node:test';
import { acquireLock, lockFolder, lockPath, removeDeadLocks } from '../../../src/git/write/lock.js';
import { type ProcessIdentity, thisProcess } from '../../../src/git/write/process-identity.js';
import { unlock } from '../../../src/git/write/unlock.js';

function commonDir(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'stateroot-lock-'));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

async function leaveLock(folder: string, holder: Partial<ProcessIdentity>): Promise<void> {
  const lock = await acquireLock(folder, 'probe', 100);
  await lock.release();
  const content = { ...lock, ...(await thisProcess()), ...holder, id: 'abcdef', operation: 'put' };
  writeFileSync(lockPath(lockFolder(folder), 'abcdef'), JSON.stringify(content));
}

describe('the write lock', () => {
  it('is held by one at a time', async (t) => {
    const folder = commonDir(t);
    let holders = 0;
    let most = 0;
    const worker = async () => {
      const lock = await acquireLock(folder, 'test', 20_000);
      holders += 1;
      most = Math.max(most, holders);
      await new Promise((resolve) => setTimeout(resolve, 2));
      holders -= 1;
      await lock.release();
    };
    await Promise.all(Array.from({ length: 12 }, worker));
    assert.equal(most, 1);
    assert.deepEqual(readdirSync(lockFolder(folder)), []);
  });

  it('of somebody who comes while the dead are cleared away stays', async (t) => {
    const folder = commonDir(t);
    const living = JSON.stringify({ id: 'fedcba', operation: 'put', startedAt: '', ...(await thisProcess()) });
    const file = lockPath(lockFolder(folder), 'fedcba');
    for (let steps = 0; steps < 60; steps += 1) {
      await leaveLock(folder, { startTime: '1' });
      const clearing = removeDeadLocks(lockFolder(folder));
      for (let n = 0; n < steps; n += 1) await new Promise((resolve) => setImmediate(resolve));
      await writeFile(`${file}.tmp`, living);
      await rename(`${file}.tmp`, file);
      await clearing;
      assert.deepEqual(readdirSync(lockFolder(folder)), ['lock.fedcba.json']);
      rmSync(file);
    }
  });

  it('names the holder when it stays held', async (t) => {
    const folder = commonDir(t);
    const lock = await acquireLock(folder, 'put bsctestnet', 100);
    await assert.rejects(acquireLock(folder, 'other', 50), {
      code: 'BUSY',
      details: { lock: lock.id, pid: process.pid, host: lock.host },
    });
  });

  // Who is gone for certain, and who may only be out of sight.
  const holders: readonly [string, Partial<ProcessIdentity>, 'taken over' | 'busy'][] = [
    ['a living process', {}, 'busy'],
    ['a process id nobody has', { pid: 2 ** 22 + 1 }, 'taken over'],
    ['a process id that was given to someone else', { startTime: '1' }, 'taken over'],
    ['an earlier boot of this machine', { bootId: 'earlier' }, 'taken over'],
    ['another host', { host: 'elsewhere', machineId: 'other', pid: 2 ** 22 + 1 }, 'busy'],
    ['another boot of an unknown machine', { bootId: 'earlier', machineId: null }, 'busy'],
    ['another pid namespace', { pidNamespace: 'pid:[1]', pid: 2 ** 22 + 1 }, 'busy'],
  ];
  for (const [who, holder, outcome] of holders) {
    it(`of ${who} is ${outcome}`, async (t) => {
      const machine = await thisProcess();
      if (
        holder.bootId !== undefined &&
        (machine.bootId === null || machine.machineId === null || machine.machineId === '')
      ) {
        t.skip('this machine has no boot id or machine id');
        return;
      }
      const folder = commonDir(t);
      await leaveLock(folder, holder);
      const acquired = acquireLock(folder, 'next', 60);
      if (outcome === 'busy') await assert.rejects(acquired, { code: 'BUSY' });
      else await (await acquired).release();
    });
  }

  it('of another host is removed by its id only', async (t) => {
    const folder = commonDir(t);
    await leaveLock(folder, { host: 'elsewhere', machineId: 'other' });
    await assert.rejects(unlock(folder, 'fedcba'), { code: 'NOT_FOUND' });
    await unlock(folder, 'abcdef');
    await (await acquireLock(folder, 'next', 60)).release();
  });

  it('of a living process is never removed', async (t) => {
    const folder = commonDir(t);
    await leaveLock(folder, {});
    await assert.rejects(unlock(folder, 'abcdef'), { code: 'BUSY' });
  });
});
