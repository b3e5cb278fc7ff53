import { performance } from 'node:perf_hooks';
import type { ContractStore } from './contract-store.js';
import type { BackendMetrics } from './istate-manager.js';

export type Operation = 'read' | 'write' | 'query';

export type Meter = {
  /** One call: how long it took in ms, and whether it threw. */
  record(operation: Operation, milliseconds: number, failed: boolean): void;
  metrics(): BackendMetrics;
};

/** Counts from nothing. */
export function openMeter(): Meter {
  const sums = { read: { calls: 0, time: 0 }, write: { calls: 0, time: 0 }, query: { calls: 0, time: 0 } };
  let failures = 0;
  const mean = ({ calls, time }: { calls: number; time: number }) => (calls === 0 ? 0 : time / calls);
  return {
    record(operation, milliseconds, failed) {
      sums[operation].calls += 1;
      sums[operation].time += milliseconds;
      if (failed) failures += 1;
    },
    metrics() {
      const calls = sums.read.calls + sums.write.calls + sums.query.calls;
      return {
        readLatency: mean(sums.read),
        writeLatency: mean(sums.write),
        queryLatency: mean(sums.query),
        errorRate: calls === 0 ? 0 : failures / calls,
      };
    },
  };
}

/** The same store, with every call counted. */
export function metered(store: ContractStore, meter: Meter): ContractStore {
  const timed = async <Result>(operation: Operation, call: () => Promise<Result>): Promise<Result> => {
    const start = performance.now();
    let failed = true;
    try {
      const result = await call();
      failed = false;
      return result;
    } finally {
      meter.record(operation, performance.now() - start, failed);
    }
  };
  return {
    type: store.type,
    open: () => store.open(),
    chainOf: (network) => store.chainOf(network),
    read: (scope, contractName) => timed('read', () => store.read(scope, contractName)),
    list: (scope) => timed('query', () => store.list(scope)),
    apply: (changes) => timed('write', () => store.apply(changes)),
    inspect: () => store.inspect(),
    version: () => store.version(),
    close: () => store.close(),
  };
}
