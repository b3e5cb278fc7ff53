import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dataChecks } from '../../../src/commands/health/data-checks.js';
import { diskCheck } from '../../../src/commands/health/disk-check.js';
import { migrationChecks } from '../../../src/commands/health/migration-checks.js';
import { rpcChecks } from '../../../src/commands/health/rpc-checks.js';
import { configPath, networkFilePath } from '../../../src/core/layout.js';
import type { MigrationNote } from '../../../src/core/migration/note.js';
import { StateManagerError } from '../../../src/errors.js';
import { address, proxied, stateFiles } from '../../support/deployments.js';
import { memoryRepository } from '../../support/memory-repository.js';

const now = Date.parse('2026-11-21T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

const note: MigrationNote = {
  version: 1,
  id: '0123456789ab',
  root: '',
  startedAt: minutesAgo(90),
  sources: { leveldb: '/project/leveldb', also: [], json: [], unified: [], openzeppelin: [] },
  batchSize: 10,
  phases: [{ name: 'bulk', status: 'running', startedAt: minutesAgo(60), durationMs: 1 }],
  progress: { done: 40, total: 100, updatedAt: minutesAgo(1) },
  scripts: 'dual-write',
  outcome: 'running',
};

const notesOf = (read: () => Promise<MigrationNote | null>) => ({ read, write: () => Promise.resolve() });
const severities = (checks: readonly { check: string; severity: string }[]) =>
  checks.map(({ check, severity }) => `${check} ${severity}`);

describe('the health of a migration', () => {
  const cases: readonly (readonly [string, MigrationNote | null, string, string | undefined])[] = [
    ['is fine where there is none', null, 'ok', undefined],
    ['is fine while it moves', note, 'ok', undefined],
    ['is fine when it is merged, however long ago', { ...note, outcome: 'merged', progress: null }, 'ok', undefined],
    [
      'is a warning when nothing was heard of it for more than ten minutes',
      { ...note, progress: { done: 40, total: 100, updatedAt: minutesAgo(11) } },
      'warning',
      'stateroot migrate status; if its process is gone: stateroot migrate resume',
    ],
    ['is a warning when it was stopped', { ...note, outcome: 'stopped' }, 'warning', 'stateroot migrate resume'],
    [
      'is an error when a phase failed',
      { ...note, phases: [{ name: 'bulk', status: 'failed', startedAt: minutesAgo(2), durationMs: 1 }] },
      'error',
      'stateroot migrate resume',
    ],
  ];
  for (const [title, given, severity, fix] of cases) {
    it(title, async () => {
      const [found, ...more] = await migrationChecks(
        notesOf(() => Promise.resolve(given)),
        now,
      );
      assert.deepEqual([found?.severity, found?.fix, more.length], [severity, fix, 0]);
    });
  }

  it('is an error with the way out where the note cannot be read', async () => {
    const refused = new StateManagerError('MIGRATION_FAILED', 'no note', { hint: 'move it away' });
    const checks = await migrationChecks(
      notesOf(() => Promise.reject(refused)),
      now,
    );
    assert.deepEqual(checks, [{ check: 'migration', severity: 'error', message: 'no note', fix: 'move it away' }]);
  });

  it('does not take a bug for an answer', async () => {
    await assert.rejects(
      migrationChecks(
        notesOf(() => Promise.reject(new TypeError('bug'))),
        now,
      ),
      TypeError,
    );
  });
});

describe('the health of the data', () => {
  const files = stateFiles({
    bscmainnet: { chainId: 56, contracts: { Vault: proxied('Vault') } },
    bsctestnet: { chainId: 97, contracts: { Vault: proxied('Vault test') } },
  });

  it('is fine where validate and check find nothing', async () => {
    const { checks, findings } = await dataChecks(memoryRepository(files), now);
    assert.deepEqual(severities(checks), ['files ok', 'networks ok']);
    assert.deepEqual(
      findings.filter(({ severity }) => severity !== 'info'),
      [],
    );
  });

  it('is an error with every finding, sorted, where a file is not valid', async () => {
    const repository = memoryRepository(files);
    const path = networkFilePath('', 'bscmainnet');
    repository.edit({ [path]: files[path]?.replace(address('Vault 1'), address('another')) ?? '' });
    const { checks, findings } = await dataChecks(repository, now);
    assert.equal(checks[0]?.severity, 'error');
    assert.equal(checks[0].fix, 'stateroot validate');
    assert.ok(findings.some(({ rule }) => rule === 'checksum-mismatch'));
    const places = findings.map(({ file, line = 0 }) => `${file} ${String(line).padStart(6)}`);
    assert.deepEqual(places, [...places].sort());
  });

  it('says once what cannot be read, and goes on', async () => {
    const repository = memoryRepository(files);
    repository.edit({ [networkFilePath('', 'bscmainnet')]: '{' });
    const { checks, findings } = await dataChecks(repository, now);
    assert.equal(checks.length, 2);
    assert.equal(findings.filter(({ rule }) => rule === 'json-syntax').length, 1);
  });

  it('tells of a configuration that is not valid', async () => {
    const repository = memoryRepository({ ...files, [configPath('')]: '{"nothing": 1}\n' });
    const { checks } = await dataChecks(repository, now);
    assert.deepEqual(severities(checks).at(-1), 'networks error');
  });
});

describe('the health of the machine', () => {
  for (const [free, severity] of [
    [10_000_000_000, 'ok'],
    [9_999_999_999, 'warning'],
    [100_000_000, 'warning'],
    [99_999_999, 'error'],
  ] as const) {
    it(`${free} bytes free are ${severity}`, () => {
      assert.equal(diskCheck('the repository', free).severity, severity);
    });
  }

  it('names RPC variables that are not set, and never the value of one that is', async () => {
    const repository = memoryRepository({
      [configPath('')]: '{"rpc": {"bscmainnet": "BSC_RPC", "bsctestnet": "BSC_TEST_RPC"}}\n',
    });
    const url = 'https://rpc.example.org/v2/0123456789abcdef';
    const [missing] = await rpcChecks(repository, { BSC_RPC: url });
    assert.equal(missing?.severity, 'warning');
    assert.match(missing.message, /BSC_TEST_RPC/);
    assert.doesNotMatch(JSON.stringify(missing), /example|BSC_RPC/);
    const all = await rpcChecks(repository, { BSC_RPC: url, BSC_TEST_RPC: url });
    assert.deepEqual(severities(all), ['rpc ok']);
    assert.doesNotMatch(JSON.stringify(all), /example/);
    assert.deepEqual(await rpcChecks(memoryRepository(), {}), []);
  });
});
