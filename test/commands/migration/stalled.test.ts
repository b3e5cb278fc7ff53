import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { migrationStatus } from '../../../src/commands/migration/migration-status.js';
import type { MigrationNote } from '../../../src/core/migration/note.js';
import { memoryRepository } from '../../support/memory-repository.js';

const begun = '2026-11-21T10:00:00.000Z';
const note: MigrationNote = {
  version: 1,
  id: '0123456789ab',
  root: '',
  startedAt: begun,
  sources: { leveldb: '/leveldb', also: [], json: [], unified: [], openzeppelin: [] },
  batchSize: 50,
  phases: [{ name: 'preconditions', status: 'running', startedAt: begun, durationMs: 0 }],
  progress: null,
  scripts: 'unchanged',
  outcome: 'running',
};

describe('a migration under way', () => {
  it('is stalled where no process works on it, or where nothing came of it for ten minutes', async () => {
    const stateAfter = async (minutes: number, isAlive: boolean, more: Partial<MigrationNote> = {}) => {
      const notes = {
        read: () => Promise.resolve({ ...note, ...more }),
        write: () => Promise.resolve(),
        hold: <Answer>(_: string, work: () => Promise<Answer>) => work(),
        isHeld: () => Promise.resolve(isAlive),
      };
      const now = new Date(Date.parse(begun) + minutes * 60_000);
      return (await migrationStatus({ repository: memoryRepository({ 'README.md': 'mine' }), notes }, now)).state;
    };
    assert.equal(await stateAfter(9, true), 'running');
    assert.equal(await stateAfter(11, true), 'stalled');
    const progress = { done: 1, total: 9, updatedAt: '2026-11-21T10:05:00.000Z' };
    assert.equal(await stateAfter(11, true, { progress }), 'running');
    assert.equal(await stateAfter(1, false), 'stalled');
    assert.equal(await stateAfter(1, false, { outcome: 'stopped' }), 'stopped');
  });
});
