import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BackendMetrics } from '../../src/managers/istate-manager.js';
import { judgeMetrics } from '../../src/managers/judge-metrics.js';
import { type Measure, thresholds } from '../../src/managers/thresholds.js';

const latency = { count: 10, mean: 10, p50: 10, p95: 10, p99: 10 };
const good: BackendMetrics = {
  readLatency: 10,
  writeLatency: 10,
  queryLatency: 10,
  errorRate: 0,
  cacheHitRate: 0.9,
  latencies: { read: latency, write: latency, query: latency },
  memory: { rss: 100_000_000, heapUsed: 50_000_000 },
};

function idsOf(metrics: BackendMetrics, also: Partial<Record<Measure, number>> = {}, baseline?: BackendMetrics) {
  return judgeMetrics(metrics, { also, baseline }).map(({ id }) => id);
}

describe('metrics', () => {
  it('that keep every limit exceed none, against themselves too', () => {
    assert.deepEqual(idsOf(good, { availability: 1, inconsistencies: 0, dualWriteRatio: 1 }, good), []);
  });

  // At the limit it still holds; beyond it does not.
  for (const { id, measure, side, limit } of thresholds) {
    it(`${id}: ${measure} may be ${limit}, and no ${side === 'above' ? 'more' : 'less'}`, () => {
      const beyond = limit === 0 ? 1 : limit * (side === 'above' ? 1.001 : 0.999);
      assert.equal(idsOf(good, { [measure]: limit }).includes(id), false);
      assert.equal(idsOf(good, { [measure]: beyond }).includes(id), true);
    });
  }

  const over: readonly (readonly [string, BackendMetrics, readonly string[]])[] = [
    [
      'a slow 95th percentile of reads',
      { ...good, latencies: { read: { ...latency, p95: 101 }, write: latency, query: latency } },
      ['read-p95'],
    ],
    [
      'a slow 95th percentile of writes',
      { ...good, latencies: { read: latency, write: { ...latency, p95: 201 }, query: latency } },
      ['write-p95'],
    ],
    ['errors', { ...good, errorRate: 0.011 }, ['error-rate']],
    ['memory', { ...good, memory: { rss: 750_000_001, heapUsed: 1 } }, ['memory']],
    ['a cold cache', { ...good, cacheHitRate: 0.69 }, ['hit-rate']],
    ['slow reads', { ...good, readLatency: 2001 }, ['read-slow']],
    ['slow writes', { ...good, writeLatency: 5001 }, ['write-slow']],
  ];
  for (const [what, metrics, ids] of over) {
    it(`are over for ${what}`, () => {
      assert.deepEqual(idsOf(metrics), ids);
    });
  }

  it('are compared with a baseline, the worst limit first', () => {
    const slow = {
      ...good,
      readLatency: 21,
      writeLatency: 31,
      queryLatency: 51,
      memory: { rss: 151_000_000, heapUsed: 1 },
    };
    const exceeded = judgeMetrics(slow, { baseline: good });
    assert.equal(exceeded[0]?.severity, 'critical');
    assert.deepEqual(exceeded.map(({ id }) => id).sort(), [
      'degradation-alert',
      'degradation-rollback',
      'memory-ratio',
      'overall-ratio',
      'query-ratio',
      'read-ratio',
      'write-ratio',
    ]);
  });

  it('are not judged by what was not measured', () => {
    const none: BackendMetrics = { readLatency: 0, writeLatency: 0, queryLatency: 0, errorRate: 0 };
    assert.deepEqual(idsOf(none, {}, none), []);
    assert.deepEqual(idsOf(good, {}, none), []);
  });
});

describe('thresholds', () => {
  it('are those of the documents, number for number', () => {
    const limits = thresholds.map(({ measure, limit, side, severity }) => {
      return `${measure} ${side} ${limit}${severity === 'critical' ? ' critical' : ''}`;
    });
    assert.deepEqual(limits.sort(), [
      'availability below 0.999 critical',
      'bulkReadRatio above 1.5',
      'bulkWriteRatio above 1.5',
      'call above 1000',
      'dualWriteRatio above 1.5',
      'errorRate above 0.01 critical',
      'hitRate below 0.7',
      'inconsistencies above 0 critical',
      'memory above 750000000',
      'memoryRatio above 1.5',
      'overallRatio above 1.2',
      'overallRatio above 1.5 critical',
      'overallRatio above 3',
      'queryRatio above 5',
      'readMean above 2000',
      'readP95 above 100',
      'readRatio above 2',
      'writeMean above 5000',
      'writeP95 above 200',
      'writeRatio above 3',
    ]);
  });

  it('each have a name of their own and a document', () => {
    assert.equal(new Set(thresholds.map(({ id }) => id)).size, thresholds.length);
    for (const { origin } of thresholds) assert.match(origin, /^00[0-4]/);
  });
});
