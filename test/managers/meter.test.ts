import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openMeter } from '../../src/managers/meter.js';

describe('a meter', () => {
  it('tells mean and percentiles in ms, percentiles to one per cent', () => {
    const meter = openMeter();
    for (let ms = 1; ms <= 1000; ms += 1) meter.record('read', ms, false);
    const { latencies, readLatency } = meter.metrics();
    assert.equal(readLatency, 500.5);
    assert.equal(latencies?.read.count, 1000);
    for (const [actual, expected] of [
      [latencies.read.p50, 500],
      [latencies.read.p95, 950],
      [latencies.read.p99, 990],
    ] as const) {
      assert.ok(Math.abs(actual - expected) <= expected / 100, `${actual} is not ${expected}`);
    }
  });

  it('is zero where nothing was counted, and keeps operations apart', () => {
    const meter = openMeter();
    meter.record('write', 4, true);
    const { latencies, readLatency, writeLatency, queryLatency, errorRate } = meter.metrics();
    assert.deepEqual([readLatency, writeLatency, queryLatency, errorRate], [0, 4, 0, 1]);
    assert.deepEqual(latencies?.read, { count: 0, mean: 0, p50: 0, p95: 0, p99: 0 });
  });

  it('takes what is shorter than a microsecond and longer than an hour', () => {
    const meter = openMeter();
    meter.record('read', 0, false);
    meter.record('read', 0.0001, false);
    meter.record('query', 1e12, false);
    const { latencies } = meter.metrics();
    assert.equal(latencies?.read.count, 2);
    const { p99 } = latencies.query;
    assert.ok(Math.abs(p99 - 3_600_000) <= 36_000, String(p99));
  });

  it('tells the share of calls that threw, and the memory of the process', () => {
    const meter = openMeter();
    for (let call = 0; call < 10; call += 1) meter.record(call % 2 === 0 ? 'read' : 'query', 1, call === 3);
    const { errorRate, memory } = meter.metrics();
    assert.equal(errorRate, 0.1);
    assert.ok(memory !== undefined && memory.rss > 0 && memory.heapUsed > 0);
  });
});
