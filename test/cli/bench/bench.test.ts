import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baselineText, compareBaseline } from '../../../src/cli/bench/baseline.js';
import { generatedContracts } from '../../../src/cli/bench/generated-contracts.js';
import { judgeBench } from '../../../src/cli/bench/judge-bench.js';
import { type BenchBackend, benchBackends, benchModes, operations, planBench } from '../../../src/cli/bench/plan.js';
import type { BackendResult, BenchResult } from '../../../src/cli/bench/result.js';
import { type Summary, summarize } from '../../../src/cli/bench/summary.js';
import { StateManagerError } from '../../../src/errors.js';
import { thresholds } from '../../../src/managers/thresholds.js';

const ms = (value: number): Summary => ({ count: 3, mean: value, p50: value, p95: value, max: value });

function backend(name: BenchBackend, value: number, memory = 50_000_000): BackendResult {
  const timings = Object.fromEntries(operations.map((operation) => [operation, ms(value)]));
  return { backend: name, operations: timings, memory: { peak: memory, retained: 1 } };
}

function run(backends: readonly BackendResult[], changes: Partial<BenchResult> = {}): BenchResult {
  return {
    mode: 'quick',
    records: 100,
    machine: { node: '20.19.0', platform: 'linux x64', cpus: 2, temporaryFolder: 'disk' },
    backends,
    resources: { userMs: 1, systemMs: 1, blocksRead: 0, blocksWritten: 0 },
    ...changes,
  };
}

const refused = (code: string) => (error: unknown) => error instanceof StateManagerError && error.code === code;

describe('a summary', () => {
  it('has percentiles that were measured, in any order of samples', () => {
    const samples = Array.from({ length: 100 }, (_, i) => 100 - i);
    assert.deepEqual(summarize(samples), { count: 100, mean: 50.5, p50: 50, p95: 95, max: 100 });
    assert.deepEqual(summarize([7]), { count: 1, mean: 7, p50: 7, p95: 7, max: 7 });
  });
});

describe('a plan', () => {
  it('of every mode is bounded by counts', () => {
    for (const mode of benchModes) {
      const { counts, records, backends } = planBench(mode, { records: undefined, backends: [] });
      assert.ok(
        Object.values(counts).every((count) => count > 0 && count <= 1000),
        mode,
      );
      assert.ok(records >= 50 && records <= 500 && backends.length > 0, mode);
    }
    assert.deepEqual(
      Object.keys(planBench('read', { records: undefined, backends: [] }).counts).includes('write'),
      false,
    );
    assert.deepEqual(
      Object.keys(planBench('production', { records: undefined, backends: [] }).counts).includes('write'),
      false,
    );
  });

  it('takes the backends that are named, in its own order', () => {
    const { backends } = planBench('read', { records: '50', backends: ['unified', 'leveldb'] });
    assert.deepEqual(backends, ['leveldb', 'unified']);
  });

  for (const records of ['49', '0', '1e3', '-60', '100001', '60.5', '']) {
    it(`refuses --records ${JSON.stringify(records)}`, () => {
      assert.throws(() => planBench('quick', { records, backends: [] }), refused('BAD_USAGE'));
    });
  }
});

describe('generated contracts', () => {
  it('are the same each time, and each another', () => {
    assert.deepEqual(generatedContracts(60), generatedContracts(60));
    assert.equal(new Set(generatedContracts(60).map(({ proxyAddress }) => proxyAddress)).size, 60);
  });
});

describe('judging a run', () => {
  // What a threshold of a ratio is measured by, and against which backend: at the limit it holds, beyond it does not.
  const ratios = [
    ['read-ratio', 'unified', 'leveldb'],
    ['write-ratio', 'unified', 'leveldb'],
    ['write-ratio', 'unified', 'leveldb-unsynced'],
    ['query-ratio', 'json', 'leveldb'],
    ['bulk-read-ratio', 'json', 'leveldb'],
    ['bulk-write-ratio', 'unified', 'leveldb'],
    ['bulk-write-ratio', 'unified', 'leveldb-unsynced'],
    ['overall-ratio', 'unified', 'leveldb'],
    ['dual-write-ratio', 'dual-write', 'leveldb'],
    ['dual-write-ratio', 'dual-write', 'unified'],
  ] as const;
  for (const [id, name, against] of ratios) {
    it(`holds ${id} of ${name} against ${against} at the limit, and not beyond`, () => {
      const limit = thresholds.find((threshold) => threshold.id === id)?.limit ?? 0;
      const holdsAt = (factor: number) => {
        const judged = judgeBench([backend(against, 8), backend(name, 8 * factor)]);
        return judged.find((one) => one.id === id && one.against === against && one.backend === name)?.holds;
      };
      assert.deepEqual([holdsAt(limit), holdsAt(limit * 1.01)], [true, false]);
    });
  }

  it('judges memory by the peak of the process, alone and against LevelDB', () => {
    const judged = judgeBench([backend('leveldb', 1, 600_000_000), backend('json', 1, 901_000_000)]);
    const memory = judged
      .filter(({ id }) => id.startsWith('memory'))
      .map(({ id, backend: of, holds }) => [id, of, holds]);
    assert.deepEqual(memory, [
      ['memory', 'leveldb', true],
      ['memory', 'json', false],
      ['memory-ratio', 'json', false],
    ]);
  });

  it('judges the 95th percentiles of every backend', () => {
    const judged = judgeBench(benchBackends.map((name) => backend(name, 101)));
    assert.equal(judged.filter(({ id }) => id === 'read-p95').length, benchBackends.length);
    assert.ok(judged.filter(({ id }) => id === 'read-p95').every(({ holds }) => !holds));
    assert.ok(judged.filter(({ id }) => id === 'write-p95').every(({ holds }) => holds));
  });

  it('says nothing of what was not measured, nor of one backend alone against itself', () => {
    const only: BackendResult = { backend: 'unified', operations: { read: ms(1) }, memory: null };
    const judged = judgeBench([only]);
    assert.deepEqual([...new Set(judged.map(({ measure }) => measure))], ['readP95', 'readMean']);
    const ids = judgeBench([{ ...only, backend: 'leveldb' }, only]).map(({ id }) => id);
    assert.equal(ids.includes('write-ratio') || ids.includes('overall-ratio') || ids.includes('memory-ratio'), false);
  });

  it('leaves the limits of two runs to the comparison of two runs', () => {
    const ids = judgeBench([backend('leveldb', 1), backend('unified', 100)]).map(({ id }) => id);
    assert.equal(
      ids.some((id) => id.startsWith('degradation')),
      false,
    );
  });
});

describe('a saved run', () => {
  const before = run([backend('unified', 10), backend('json', 10)]);
  const bytes = Buffer.from(baselineText(before));
  const alertAt = (value: number, memory?: number) => {
    const compared = compareBaseline('base.json', bytes, run([backend('unified', value, memory)]));
    return new Map(compared.map(({ figure, alert }) => [figure, alert]));
  };

  it('compares with itself without an alert, figure by figure of what both have', () => {
    const compared = compareBaseline('base.json', bytes, before);
    assert.equal(compared.length, 2 * (operations.length + 1));
    assert.ok(compared.every(({ alert, change }) => alert === null && change === 0));
    assert.equal(compareBaseline('base.json', bytes, run([backend('leveldb', 1)])).length, 0);
  });

  it('alerts above 20 percent, and above 50 percent critically', () => {
    assert.equal(alertAt(12).get('read'), null);
    assert.equal(alertAt(12.1).get('read'), 'warning');
    assert.equal(alertAt(15).get('read'), 'warning');
    assert.equal(alertAt(15.1).get('read'), 'critical');
    assert.equal(alertAt(10, 60_000_001).get('memory'), 'warning');
    assert.equal(alertAt(5).get('read'), null);
  });

  it('does not take what the clock does for a change', () => {
    const fast = Buffer.from(baselineText(run([backend('unified', 0.02)])));
    const compared = compareBaseline('base.json', fast, run([backend('unified', 0.1)]));
    assert.ok(compared.filter(({ figure }) => figure !== 'memory').every(({ alert }) => alert === null));
  });

  for (const [what, text] of [
    ['no JSON', 'x'],
    ['another document', '{"kind": "other", "version": 1}'],
    ['a later version', '{"kind": "stateroot-bench", "version": 2}'],
  ] as const) {
    it(`is refused as ${what}`, () => {
      assert.throws(() => compareBaseline('base.json', Buffer.from(text), before), refused('BAD_INPUT'));
    });
  }

  it('of another mode or size compares with nothing', () => {
    assert.throws(() => compareBaseline('base.json', bytes, run([], { records: 500 })), refused('BAD_INPUT'));
    assert.throws(() => compareBaseline('base.json', bytes, run([], { mode: 'full' })), refused('BAD_INPUT'));
  });
});
