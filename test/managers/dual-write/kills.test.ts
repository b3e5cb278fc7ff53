import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { describe, it } from 'node:test';
import { MigrationStateManager } from '../../../src/managers/dual-write/migration-state-manager.js';
import { temporaryFolder } from '../../support/leveldb-store.js';

const writer = join(import.meta.dirname, '..', '..', 'support', 'dual-writer.js');

describe('a process that writes two backends', () => {
  it('may be killed at any moment: both have what was answered for, and the same of the rest', async (t) => {
    const cwd = temporaryFolder(t);
    let next = 0;
    for (const acknowledged of [1, 7, 3, 12, 5]) {
      const last = await killedAfter(acknowledged, cwd, next);
      assert.ok(last >= next);
      const manager = new MigrationStateManager('bsctestnet', 'leveldb', { cwd });
      assert.deepEqual((await manager.repair()).left, []);
      const report = await manager.validateConsistency();
      assert.equal(report.isConsistent, true, JSON.stringify(report));
      const versions = (await manager.getAllContracts(97)).map(({ deploymentArgs }) => Number(deploymentArgs?.[0]));
      assert.ok(Math.max(...versions) === last || Math.max(...versions) === last + 1, `${last}: ${versions.join()}`);
      await manager.close();
      next = last + 2;
    }
  });
});

/** The last version that the writer answered for. It is killed a moment after as many as asked for. */
async function killedAfter(count: number, cwd: string, first: number): Promise<number> {
  const child = spawn(execPath, [writer, cwd, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    said += text;
    if (said.split('\n').length > count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  assert.equal(child.signalCode, 'SIGKILL');
  return Number(said.trimEnd().split('\n').at(-1));
}
