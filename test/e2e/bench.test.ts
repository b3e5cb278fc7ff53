import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { sampleEntries } from '../../src/core/sample/entries.js';
import { statejson, stateroot } from '../support/command-line.js';
import { entriesOf, fingerprint, makeStore } from '../support/leveldb-store.js';
import { sharedData } from '../support/shared-data.js';
import { type TempRepository, tempRepository } from '../support/temp-repository.js';

type Summary = { count: number; p50: number; p95: number };
type Run = {
  result: {
    mode: string;
    records: number;
    backends: { backend: string; operations: Record<string, Summary>; memory: { peak: number } | null }[];
  };
  judged: { id: string; backend: string; against: string | null; actual: number; limit: number; holds: boolean }[];
  compared: { figure: string; alert: string | null }[] | null;
  leftOut: number;
};

const backends = ['leveldb-unsynced', 'leveldb', 'json', 'unified', 'dual-write'];

function bench(temp: TempRepository, ...args: string[]) {
  const { code, data, error } = statejson(temp, ['bench', ...args]);
  return { code, error, run: data as Run };
}

describe('bench', () => {
  it('measures every backend, judges by every limit it measured for, and leaves nothing behind', (t) => {
    const temp = tempRepository(t, { env: { STATE_BACKEND: 'json', GIT_CONFIG_COUNT: '0' } });
    mkdirSync(temp.at('tmp'));
    const folder: TempRepository = { ...temp, env: { ...temp.env, TMPDIR: temp.at('tmp') } };
    const { code, run } = bench(folder, 'quick', '--records', '50');
    assert.equal(code, 0);
    assert.deepEqual(
      run.result.backends.map(({ backend }) => backend),
      backends,
    );
    for (const { backend, operations, memory } of run.result.backends) {
      assert.deepEqual(Object.keys(operations), ['first', 'read', 'bulkRead', 'query', 'write', 'bulkWrite'], backend);
      for (const summary of Object.values(operations)) assert.ok(summary.count >= 3 && summary.p50 > 0, backend);
      assert.ok((memory?.peak ?? 0) > 10_000_000, backend);
    }
    const ids = new Set(run.judged.map(({ id }) => id));
    for (const id of [
      'read-ratio',
      'write-ratio',
      'bulk-read-ratio',
      'bulk-write-ratio',
      'query-ratio',
      'memory-ratio',
      'dual-write-ratio',
      'read-p95',
      'write-p95',
      'memory',
    ]) {
      assert.ok(ids.has(id), id);
    }
    assert.ok(run.judged.every(({ actual, limit, holds }) => holds === actual <= limit));
    assert.deepEqual(readdirSync(temp.at('tmp')), []);
    assert.equal(temp.git('status', '--porcelain', '--ignored'), '');
  });

  it('only tries each backend once for validate, and needs no repository', (t) => {
    const temp = tempRepository(t);
    const { code, stdout } = stateroot({ ...temp, at: (...path) => temp.at('..', ...path) }, ['bench', 'validate']);
    assert.equal(code, 0, stdout);
    for (const backend of backends) assert.match(stdout, new RegExp(`${backend} can be measured`));
    assert.equal(stateroot(temp, ['bench', 'validate', '--save', 'x.json']).code, 2);
  });

  it('keeps a baseline in a new file only, and compares with one', (t) => {
    const temp = tempRepository(t);
    const args = ['read', '--backend', 'json', '--records', '50'];
    assert.equal(bench(temp, ...args, '--save', 'base.json').code, 0);
    const saved = readFileSync(temp.at('base.json'), 'utf8');
    const again = bench(temp, ...args, '--save', 'base.json');
    assert.deepEqual([again.code, again.error?.code], [2, 'OUTPUT_EXISTS']);
    assert.equal(readFileSync(temp.at('base.json'), 'utf8'), saved);
    const { code, run } = bench(temp, ...args, '--compare', 'base.json');
    assert.equal(code, 0);
    assert.deepEqual(
      run.compared?.map(({ figure }) => figure),
      ['first', 'read', 'bulkRead', 'query'],
    );
    const other = bench(temp, 'read', '--backend', 'json', '--records', '60', '--compare', 'base.json');
    assert.deepEqual([other.code, other.error?.code], [2, 'BAD_INPUT']);
  });

  it('ends with 1 only under --strict, where a figure is far above a baseline', (t) => {
    const temp = tempRepository(t);
    const args = ['memory', '--backend', 'json', '--records', '50'];
    bench(temp, ...args, '--save', 'base.json');
    const base = JSON.parse(readFileSync(temp.at('base.json'), 'utf8')) as Run['result'];
    for (const { memory } of base.backends) if (memory !== null) memory.peak = 1000;
    writeFileSync(temp.at('small.json'), JSON.stringify(base));
    const relaxed = bench(temp, ...args, '--compare', 'small.json');
    assert.deepEqual([relaxed.code, relaxed.run.compared?.map(({ alert }) => alert)], [0, ['critical']]);
    assert.equal(bench(temp, ...args, '--compare', 'small.json', '--strict').code, 1);
  });

  it('writes a profile and a heap snapshot that developer tools open, into a new folder only', (t) => {
    const temp = tempRepository(t);
    const args = ['read', '--backend', 'json', '--records', '50', '--profile', 'profile'];
    assert.equal(bench(temp, ...args).code, 0);
    const profile = JSON.parse(readFileSync(temp.at('profile', 'bench.cpuprofile'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(profile).sort(), ['endTime', 'nodes', 'samples', 'startTime', 'timeDeltas']);
    const heap = JSON.parse(readFileSync(temp.at('profile', 'bench.heapsnapshot'), 'utf8')) as Record<string, unknown>;
    assert.ok('snapshot' in heap && 'nodes' in heap && 'strings' in heap);
    const again = bench(temp, ...args);
    assert.deepEqual([again.code, again.error?.code], [2, 'OUTPUT_EXISTS']);
  });

  it('measures copies of what production has, and leaves both as they were', async (t) => {
    const temp = tempRepository(t);
    temp.write('.gitignore', 'leveldb/\n');
    const entries = new Map(sampleEntries().map(({ key, value }) => [key, value]));
    await makeStore(temp.at('leveldb'), entriesOf(Object.fromEntries(entries)));
    temp.commitAll('Set up');
    const noState = bench(temp, 'production', '--backend', 'leveldb', '--backend', 'unified');
    assert.deepEqual([noState.code, noState.run.result.records], [0, 26]);
    stateroot(temp, ['import', 'leveldb', 'leveldb', '--here']);
    const before = [fingerprint(temp.at('leveldb')), fingerprint(temp.at('deployments', 'unified'))];
    const { code, run } = bench(temp, 'production');
    assert.deepEqual([code, run.result.records, run.leftOut], [0, 26, 0]);
    for (const { backend, operations } of run.result.backends) {
      assert.deepEqual(Object.keys(operations), ['first', 'read', 'bulkRead', 'query'], backend);
    }
    assert.deepEqual([fingerprint(temp.at('leveldb')), fingerprint(temp.at('deployments', 'unified'))], before);
  });

  it('of the real database leaves out what Git does not take', (t) => {
    const store = sharedData('lookcoin', 'leveldb');
    if (store === null) {
      t.skip('the shared data is not here');
      return;
    }
    const temp = tempRepository(t);
    const { code, run } = bench(temp, 'production', '--leveldb', store, '--backend', 'leveldb', '--backend', 'unified');
    assert.equal(code, 0);
    assert.equal(run.result.records + run.leftOut, 28);
    assert.ok(run.leftOut > 0);
  });

  it('refuses production without data, and flags that a mode has no use for', (t) => {
    const temp = tempRepository(t);
    assert.equal(bench(temp, 'production').error?.code, 'BAD_INPUT');
    assert.equal(bench(temp, 'quick', '--leveldb', 'x').error?.code, 'BAD_USAGE');
    assert.equal(bench(temp, 'production', '--records', '60').error?.code, 'BAD_USAGE');
    assert.equal(bench(temp, 'read', '--compare', 'nowhere.json').error?.code, 'BAD_INPUT');
    assert.equal(existsSync(temp.at('leveldb')), false);
  });

  it('tells people the figures, the limits, and what a write means', (t) => {
    const temp = tempRepository(t);
    const { code, stdout, stderr } = stateroot(temp, [
      'bench',
      'write',
      '--records',
      '50',
      '--backend',
      'leveldb',
      '--backend',
      'leveldb-unsynced',
      '--backend',
      'json',
    ]);
    assert.equal(code, 0);
    assert.match(stdout, /write 50/);
    assert.match(stdout, /json +writeRatio .* of leveldb-unsynced/);
    assert.match(stderr, /synced batch/);
  });
});
