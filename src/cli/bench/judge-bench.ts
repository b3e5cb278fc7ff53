import { isOver } from '../../managers/judge-metrics.js';
import { type Measure, type Threshold, thresholds } from '../../managers/thresholds.js';
import type { BenchBackend, Operation } from './plan.js';
import type { BackendResult } from './result.js';

/** One figure beside the documented limit it belongs to. */
export type JudgedFigure = {
  readonly id: string;
  readonly measure: Measure;
  readonly backend: BenchBackend;
  /** Of a ratio: what it is measured against. */
  readonly against: BenchBackend | null;
  /** A ratio, ms, or bytes, as the threshold has it. */
  readonly actual: number;
  readonly limit: number;
  readonly severity: Threshold['severity'];
  readonly origin: string;
  readonly holds: boolean;
};

/** Limits on the way a saved run is compared with a new one, not one backend with another. */
const overTime: ReadonlySet<string> = new Set(['degradation-alert', 'degradation-rollback']);

/**
 * Every documented limit that something of this run was measured for, in the order of backends and limits. Ratios are of
 * medians of one run: against the LevelDB manager, and where writing is concerned against plain `level` too.
 */
export function judgeBench(results: readonly BackendResult[]): JudgedFigure[] {
  return results.flatMap((result) => [
    ...judged(absolutes(result), result.backend, null),
    ...results
      .filter(({ backend }) => backend !== result.backend)
      .flatMap((base) => judged(ratios(result, base), result.backend, base.backend)),
  ]);
}

type Measures = ReadonlyMap<Measure, number | null>;

function judged(measures: Measures, backend: BenchBackend, against: BenchBackend | null): JudgedFigure[] {
  return thresholds.flatMap((threshold): JudgedFigure[] => {
    const { id, measure, limit, severity, origin } = threshold;
    const actual = measures.get(measure) ?? null;
    if (actual === null || overTime.has(id)) return [];
    return [{ id, measure, backend, against, actual, limit, severity, origin, holds: !isOver(threshold, actual) }];
  });
}

function absolutes({ operations, memory }: BackendResult): Measures {
  return new Map<Measure, number | null>([
    ['readP95', operations.read?.p95 ?? null],
    ['writeP95', operations.write?.p95 ?? null],
    ['readMean', operations.read?.mean ?? null],
    ['writeMean', operations.write?.mean ?? null],
    ['memory', memory?.peak ?? null],
  ]);
}

/** Document 003 asks of dual-write only what it costs beside either of its sides alone. */
function ratios(result: BackendResult, base: BackendResult): Measures {
  const of = (operation: Operation): number | null => ratio(medianOf(result, operation), medianOf(base, operation));
  if (result.backend === 'dual-write') {
    return new Map(base.backend === 'leveldb' || base.backend === 'unified' ? [['dualWriteRatio', of('write')]] : []);
  }
  if (result.backend !== 'json' && result.backend !== 'unified') return new Map();
  const writes: [Measure, number | null][] = [
    ['writeRatio', of('write')],
    ['bulkWriteRatio', of('bulkWrite')],
  ];
  if (base.backend === 'leveldb-unsynced') return new Map(writes);
  if (base.backend !== 'leveldb') return new Map();
  const known = [of('read'), of('write'), of('query')].filter((each) => each !== null);
  const overall = known.length < 3 ? null : known.reduce((sum, each) => sum + each, 0) / known.length;
  return new Map<Measure, number | null>([
    ['readRatio', of('read')],
    ['queryRatio', of('query')],
    ['bulkReadRatio', of('bulkRead')],
    ...writes,
    ['memoryRatio', ratio(result.memory?.peak, base.memory?.peak)],
    ['overallRatio', overall],
  ]);
}

function medianOf({ operations }: BackendResult, operation: Operation): number | undefined {
  return operations[operation]?.p50;
}

function ratio(actual: number | undefined, base: number | undefined): number | null {
  return actual === undefined || base === undefined || base === 0 ? null : actual / base;
}
