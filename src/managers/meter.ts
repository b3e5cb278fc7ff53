import { createHistogram, performance } from 'node:perf_hooks';
import process from 'node:process';
import type { ContractStore } from './contract-store.js';
import { aroundEach, type StoreCall } from './each-call.js';
import type { BackendMetrics, Latency } from './istate-manager.js';

type Operation = 'read' | 'write' | 'query';

export type Meter = {
  /** One call: how long it took in ms, and whether it threw. */
  record(operation: Operation, milliseconds: number, failed: boolean): void;
  metrics(): BackendMetrics;
};

/** Microseconds; what took longer than an hour counts as an hour. */
const longest = 3_600_000_000;

/** Counts from nothing, in memory that does not grow: percentiles are exact to one per cent. */
export function openMeter(): Meter {
  const meters = { read: openTimes(), write: openTimes(), query: openTimes() };
  let failures = 0;
  return {
    record(operation, milliseconds, failed) {
      meters[operation].record(milliseconds);
      if (failed) failures += 1;
    },
    metrics() {
      const [read, write, query] = [meters.read.latency(), meters.write.latency(), meters.query.latency()];
      const calls = read.count + write.count + query.count;
      const { rss, heapUsed } = process.memoryUsage();
      return {
        readLatency: read.mean,
        writeLatency: write.mean,
        queryLatency: query.mean,
        errorRate: calls === 0 ? 0 : failures / calls,
        latencies: { read, write, query },
        memory: { rss, heapUsed },
      };
    },
  };
}

/** The same store, with every read, write and list counted. */
export function metered(store: ContractStore, meter: Meter): ContractStore {
  return aroundEach(store, async (call, work) => {
    const operation = operationOf(call);
    if (operation === null) return work();
    const start = performance.now();
    let failed = true;
    try {
      const result = await work();
      failed = false;
      return result;
    } finally {
      meter.record(operation, performance.now() - start, failed);
    }
  });
}

function openTimes() {
  const histogram = createHistogram({ lowest: 1, highest: longest, figures: 2 });
  let sum = 0;
  const percentile = (share: number) => (histogram.count === 0 ? 0 : histogram.percentile(share) / 1000);
  return {
    record(milliseconds: number) {
      sum += milliseconds;
      histogram.record(Math.min(longest, Math.max(1, Math.round(milliseconds * 1000))));
    },
    latency(): Latency {
      const { count } = histogram;
      const mean = count === 0 ? 0 : sum / count;
      return { count, mean, p50: percentile(50), p95: percentile(95), p99: percentile(99) };
    },
  };
}

function operationOf({ operation }: StoreCall): Operation | null {
  if (operation === 'read') return 'read';
  if (operation === 'list') return 'query';
  return operation === 'apply' ? 'write' : null;
}
