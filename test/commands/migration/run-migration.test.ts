import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { abortMigration } from '../../../src/commands/migration/abort-migration.js';
import { migrationStatus } from '../../../src/commands/migration/migration-status.js';
import { planMigration } from '../../../src/commands/migration/plan-migration.js';
import { resumeMigration, runMigration } from '../../../src/commands/migration/run-migration.js';
import { networkFilePath } from '../../../src/core/layout.js';
import { readCheckpoint } from '../../../src/core/migration/checkpoint.js';
import type { MigrationNote } from '../../../src/core/migration/note.js';
import { parseNetworkFile, recordsOf } from '../../../src/core/model/network-file.js';
import { StateManagerError } from '../../../src/errors.js';
import type { StateRepository } from '../../../src/ports/state-repository.js';
import { entriesOf } from '../../support/leveldb-store.js';
import { type MemoryRepository, memoryRepository } from '../../support/memory-repository.js';
import { migrationOutside, noSources } from '../../support/migration-outside.js';
import { keyOf, valueOf } from '../../support/migration-source.js';

const options = { batchSize: 2, ahead: 10, until: 'consistency' } as const;

describe('a migration', () => {
  it('ends each phase in a commit of its branch, and the bulk has one for each batch', async () => {
    const { repository, outside } = begin();
    const result = await runMigration(outside, noSources, options);
    assert.equal(result.kind, 'waiting');
    const found = await checkpoints(repository, result.branch ?? '');
    assert.deepEqual(
      found.map(({ phase, isEnd }) => `${phase}${isEnd ? '' : ' batch'}`),
      ['preconditions', 'dual-write', ...Array<string>(6).fill('bulk batch'), 'bulk', 'consistency'],
    );
    assert.equal((await repository.head()).branch, 'refs/heads/main');
    assert.deepEqual(await names(repository, 'main', 'net0'), []);
    assert.deepEqual(await names(repository, result.branch ?? '', 'net1'), contractNames(5));
  });

  it('stops after the write in hand when it is asked to, and goes on to the same tree', async () => {
    const whole = begin(6);
    await runMigration(whole.outside, noSources, options);
    const { repository, outside } = begin(6);
    outside.onRead = () => (outside.isAsked = false);
    const { notes } = outside;
    const update = (note: MigrationNote): Promise<void> => write(note);
    const write = notes.write.bind(notes);
    outside.notes.write = async (note) => {
      await update(note);
      if (note.progress !== null) outside.isAsked = true;
    };
    const stopped = await runMigration(outside, noSources, options);
    assert.deepEqual([stopped.kind, outside.note()?.outcome], ['stopped', 'stopped']);
    outside.isAsked = false;
    outside.notes.write = update;
    const note = outside.note();
    assert.ok(note !== null);
    const branch = (await resumeMigration(outside, note, options)).branch ?? '';
    assert.deepEqual(await tree(repository, branch), await tree(whole.repository, branch));
  });

  it('brings in what was written to the sources since, and compares again', async () => {
    const { repository, outside } = begin();
    outside.onRead = (reading) => {
      // Once for the preconditions, once for the bulk, then to compare.
      if (reading !== 3) return;
      const changed = { [keyOf(0, 0)]: valueOf(0, 0, { deploymentArgs: ['later'] }), [keyOf(1, 9)]: valueOf(1, 9) };
      outside.entries = [...outside.entries.slice(1), ...entriesOf(changed)];
    };
    const { branch } = await runMigration(outside, noSources, options);
    assert.ok((await names(repository, branch ?? '', 'net1')).includes('Contract9'));
    const found = await checkpoints(repository, branch ?? '');
    assert.equal(found.filter(({ phase, isEnd }) => phase === 'consistency' && !isEnd).length, 2);
  });

  it('gives up where the sources never hold still', async () => {
    const { outside } = begin();
    outside.onRead = (reading) => {
      outside.entries = [...outside.entries, ...entriesOf({ [keyOf(0, 100 + reading)]: valueOf(0, 100 + reading) })];
    };
    await assert.rejects(runMigration(outside, noSources, options), refusal('RACED', 'MIGRATION-002'));
    assert.equal(outside.note()?.outcome, 'stopped');
  });

  it('stops before the cutover when the branch is not what the sources say, though they did not change', async () => {
    const { repository, outside } = begin();
    const { branch } = await runMigration(outside, noSources, { ...options, until: 'bulk' });
    await spoil(repository, branch ?? '', true);
    const note = outside.note();
    assert.ok(note !== null);
    await assert.rejects(resumeMigration(outside, note, options), refusal('MIGRATION_FAILED', 'MIGRATION-003'));
  });

  it('does not build on a commit of somebody else, and does not remove it either', async () => {
    const { repository, outside } = begin();
    const { branch } = await runMigration(outside, noSources, { ...options, until: 'bulk' });
    await spoil(repository, branch ?? '', false);
    const note = outside.note();
    assert.ok(note !== null);
    await assert.rejects(resumeMigration(outside, note, options), refusal('MIGRATION_FAILED', 'MIGRATION-003'));
    const branches = { remove: () => assert.fail('removed') };
    await assert.rejects(abortMigration(outside, branches), refusal('MIGRATION_FAILED', 'MIGRATION-003'));
  });

  it('refuses other sources while one is under way', async () => {
    const { outside } = begin();
    await runMigration(outside, noSources, { ...options, until: 'bulk' });
    const others = { ...noSources, leveldb: '/other' };
    await assert.rejects(runMigration(outside, others, options), refusal('OPERATION_IN_PROGRESS'));
  });

  it('writes nothing on a disk that is too full', async () => {
    const { repository, outside } = begin();
    outside.free = 1000;
    await assert.rejects(runMigration(outside, noSources, options), refusal('FILE_FAILED', 'MIGRATION-001'));
    await assert.rejects(repository.resolve(`refs/heads/state/migrate-${outside.note()?.id ?? ''}`));
  });

  it('has nothing to do where HEAD says all of it', async () => {
    const { repository, outside } = begin();
    const { branch } = await runMigration(outside, noSources, options);
    repository.checkout(branch ?? '');
    const again = migrationOutside(repository);
    assert.equal((await runMigration(again, noSources, options)).kind, 'unchanged');
    assert.equal((await planMigration(again, 2)).isThere, true);
    assert.equal(again.note(), null);
  });

  it('that is aborted loses its branch and gives the scripts back', async () => {
    const { outside } = begin();
    const trial = () => Promise.resolve({ leveldb: 1, git: 60, both: 63 });
    const { branch } = await runMigration({ ...outside, trial }, noSources, options);
    assert.equal(outside.note()?.scripts, 'dual-write');
    const removed: string[] = [];
    const branches = {
      remove: (ref: string) => Promise.resolve(void removed.push(ref)),
    };
    const aborted = await abortMigration(outside, branches);
    assert.deepEqual(removed, [`refs/heads/${branch ?? ''}`]);
    assert.equal(aborted.wasDualWriting, true);
    assert.deepEqual([outside.note()?.outcome, outside.note()?.scripts], ['aborted', 'unchanged']);
    await assert.rejects(abortMigration(outside, branches), refusal('NOT_FOUND'));
  });

  it('is stalled when it says that it runs and no process does', async () => {
    const { outside } = begin();
    await runMigration(outside, noSources, { ...options, until: 'bulk' });
    const note = outside.note();
    assert.ok(note !== null);
    const now = new Date(note.startedAt);
    assert.equal((await migrationStatus(outside, now)).state, 'stopped');
    await outside.notes.write({ ...note, outcome: 'running' });
    const status = await migrationStatus(outside, now);
    assert.deepEqual([status.state, status.next], ['stalled', 'consistency']);
    outside.notes.isHeld = () => Promise.resolve(true);
    assert.equal((await migrationStatus(outside, now)).state, 'running');
    assert.equal((await migrationStatus(outside, new Date(now.getTime() + 3_600_000))).state, 'stalled');
  });
});

function begin(networks = 2) {
  const repository = memoryRepository({ 'README.md': 'Contracts\n' });
  return { repository, outside: migrationOutside(repository, networks) };
}

async function checkpoints(repository: StateRepository, branch: string) {
  const found = [];
  for (let oid: string | undefined = await repository.resolve(branch); oid !== undefined; ) {
    const { message, parents }: { message: string; parents: readonly string[] } = await repository.commit(oid);
    const checkpoint = readCheckpoint(message);
    if (checkpoint !== null) found.unshift(checkpoint);
    oid = parents[0];
  }
  return found;
}

async function names(repository: StateRepository, revision: string, network: string): Promise<string[]> {
  const at = await repository.at({ commit: await repository.resolve(revision) });
  const [file] = await at.read([networkFilePath('', network)]);
  const parsed = file === undefined ? null : parseNetworkFile(file.bytes);
  return parsed?.ok === true ? recordsOf(parsed.file).map(({ name }) => name) : [];
}

async function tree(repository: StateRepository, branch: string): Promise<Map<string, string | null>> {
  return new Map(await repository.oids({ commit: await repository.resolve(branch) }));
}

/** Takes a network away on the branch, by a commit that looks like one of the migration or by one that does not. */
async function spoil(repository: MemoryRepository, branch: string, isDisguised: boolean): Promise<void> {
  const tip = await repository.commit(await repository.resolve(branch));
  await repository.write({
    operation: 'spoil',
    target: { kind: 'branch', ref: `refs/heads/${branch}`, create: false },
    plan: () =>
      Promise.resolve([
        { files: new Map([[networkFilePath('', 'net1'), null]]), message: isDisguised ? tip.message : 'Oops' },
      ]),
  });
}

function contractNames(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `Contract${i}`);
}

function refusal(code: string, reference?: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof StateManagerError, String(error));
    assert.equal(error.code, code);
    assert.equal(error.details['reference'], reference);
    return true;
  };
}
