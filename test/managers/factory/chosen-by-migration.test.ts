import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type MigrationNote, noteText } from '../../../src/core/migration/note.js';
import { MigrationStateManager } from '../../../src/managers/dual-write/migration-state-manager.js';
import type { StateManagerOptions } from '../../../src/managers/factory/manager-options.js';
import { StateManagerFactory } from '../../../src/managers/factory/state-manager-factory.js';
import { JSONStateManager } from '../../../src/managers/json/json-state-manager.js';
import { LevelDBStateManager } from '../../../src/managers/leveldb/leveldb-state-manager.js';
import { UnifiedJSONStateManager } from '../../../src/managers/unified/unified-state-manager.js';
import { sampleContract } from '../../support/contracts.js';
import { template, type TempRepository } from '../../support/temp-repository.js';

const start = template((temp) => {
  temp.write('README.md', '# contracts\n');
  temp.commitAll('Begin');
});
const noteFile = '.git/stateroot/migration/root.json';

describe('what a migration in the clone makes of auto', () => {
  it('is LevelDB first and Git from the dual-write phase on, at the place of the LevelDB that is migrated', async (t) => {
    const temp = start(t);
    remember(temp, { scripts: 'dual-write', outcome: 'running' }, 'data/old');
    const manager = await made(t, temp);
    assert.ok(manager instanceof MigrationStateManager);
    await manager.putContract(97, sampleContract('LookCoin', 97));
    const old = new LevelDBStateManager(null, { path: join(temp.path, 'data/old') });
    await manager.close();
    t.after(() => old.close());
    assert.equal((await old.getContract(97, 'LookCoin'))?.contractName, 'LookCoin');
    assert.match(temp.git('log', '-1', '--format=%s'), /deploy LookCoin/);
  });

  it('is Git after the cutover, although a LevelDB has the network', async (t) => {
    const temp = start(t);
    const old = new LevelDBStateManager('bsctestnet', { path: join(temp.path, 'leveldb') });
    await old.putContract(97, sampleContract('LookCoin', 97));
    await old.close();
    remember(temp, { scripts: 'git', outcome: 'merged' }, 'leveldb');
    assert.ok((await made(t, temp)) instanceof UnifiedJSONStateManager);
  });

  it('is the LevelDB of the rollback after one', async (t) => {
    const temp = start(t);
    temp.write('deployments/unified/.keep', '');
    remember(temp, { scripts: 'leveldb', outcome: 'rolled-back' }, 'leveldb.back');
    const manager = await made(t, temp);
    assert.ok(manager instanceof LevelDBStateManager);
    await manager.putContract(97, sampleContract('LookCoin', 97));
    assert.equal(temp.git('status', '--porcelain', '--', 'leveldb.back'), '?? leveldb.back/');
  });

  it('is what it would be without one, before the dual-write phase and where a script names a backend', async (t) => {
    const temp = start(t);
    remember(temp, { scripts: 'unchanged', outcome: 'running' }, 'leveldb');
    assert.ok((await made(t, temp)) instanceof LevelDBStateManager);
    remember(temp, { scripts: 'dual-write', outcome: 'running' }, 'leveldb');
    assert.ok((await made(t, temp, { backend: 'json' })) instanceof JSONStateManager);
    assert.ok((await made(t, temp, { env: { STATE_BACKEND: 'json' } })) instanceof JSONStateManager);
  });

  it('is refused where the note cannot be read: a guess could write to one side only', async (t) => {
    const temp = start(t);
    mkdirSync(dirname(join(temp.path, noteFile)), { recursive: true });
    writeFileSync(join(temp.path, noteFile), '{"version":1');
    await assert.rejects(StateManagerFactory.createManager('bsctestnet', { cwd: temp.path, env: {} }), {
      code: 'MIGRATION_FAILED',
    });
  });

  it('says why in the description of the configuration', async (t) => {
    const temp = start(t);
    remember(temp, { scripts: 'dual-write', outcome: 'running' }, 'leveldb');
    const said = await StateManagerFactory.describeConfiguration('bsctestnet', { cwd: temp.path, env: {} });
    assert.match(said, /leveldb \+ unified\n {2}because migration 0123456789ab is under way/);
  });
});

function remember(temp: TempRepository, part: Pick<MigrationNote, 'scripts' | 'outcome'>, leveldb: string): void {
  const sources = { leveldb: join(temp.path, leveldb), also: [], json: [], unified: [], openzeppelin: [] };
  const note: MigrationNote = {
    version: 1,
    id: '0123456789ab',
    root: '',
    startedAt: '2026-11-21T10:00:00.000Z',
    sources,
    batchSize: 10,
    phases: [],
    progress: null,
    ...part,
  };
  mkdirSync(dirname(join(temp.path, noteFile)), { recursive: true });
  writeFileSync(join(temp.path, noteFile), noteText(note));
}

async function made(t: TestContext, temp: TempRepository, options: StateManagerOptions = {}) {
  const backends = { unified: { env: temp.env } };
  const manager = await StateManagerFactory.createManager('bsctestnet', {
    cwd: temp.path,
    env: {},
    backends,
    ...options,
  });
  t.after(() => manager.close());
  return manager;
}
