import type { BackendMetrics } from './istate-manager.js';
import { type Measure, type Threshold, thresholds } from './thresholds.js';

/** A limit that does not hold. */
export type Exceeded = {
  /** Of the threshold. */
  readonly id: string;
  readonly severity: Threshold['severity'];
  readonly measure: Measure;
  readonly limit: number;
  readonly actual: number;
  readonly origin: string;
  readonly message: string;
};

export type MetricsContext = {
  /** The same operations on the old store: without it ratios are not judged. */
  readonly baseline?: BackendMetrics | undefined;
  /** What metrics cannot tell, measured elsewhere: bulk and dual-write ratios, availability, inconsistencies. */
  readonly also?: Readonly<Partial<Record<Measure, number>>> | undefined;
};

const rank = { critical: 0, warning: 1, info: 2 } as const;

/** All limits that do not hold, the worst first, each with the document it comes from. What was not measured is not judged. */
export function judgeMetrics(metrics: BackendMetrics, { baseline, also = {} }: MetricsContext = {}): Exceeded[] {
  const ratios = baseline === undefined ? {} : ratiosTo(baseline, metrics);
  const measured = new Map(Object.entries({ ...measuresOf(metrics), ...ratios, ...also }));
  return thresholds
    .flatMap((threshold) => exceeded(threshold, measured.get(threshold.measure)) ?? [])
    .sort((a, b) => rank[a.severity] - rank[b.severity]);
}

/** At the limit it still holds. */
export function isOver({ side, limit }: Threshold, actual: number): boolean {
  return side === 'above' ? actual > limit : actual < limit;
}

type Measures = Partial<Record<Measure, number | undefined>>;

function measuresOf({
  readLatency,
  writeLatency,
  errorRate,
  cacheHitRate,
  latencies,
  memory,
}: BackendMetrics): Measures {
  return {
    readMean: readLatency,
    writeMean: writeLatency,
    readP95: latencies?.read.p95,
    writeP95: latencies?.write.p95,
    errorRate,
    memory: memory?.rss,
    hitRate: cacheHitRate,
  };
}

/** `overallRatio` is the mean of those of reads, writes and queries that both sides have. */
function ratiosTo(baseline: BackendMetrics, metrics: BackendMetrics): Measures {
  const readRatio = ratio(metrics.readLatency, baseline.readLatency);
  const writeRatio = ratio(metrics.writeLatency, baseline.writeLatency);
  const queryRatio = ratio(metrics.queryLatency, baseline.queryLatency);
  const known = [readRatio, writeRatio, queryRatio].filter((each) => each !== undefined);
  const sum = known.reduce((total, each) => total + each, 0);
  return {
    readRatio,
    writeRatio,
    queryRatio,
    overallRatio: ratio(sum, known.length),
    memoryRatio: ratio(metrics.memory?.rss, baseline.memory?.rss),
  };
}

function ratio(actual: number | undefined, base: number | undefined): number | undefined {
  if (actual === undefined || base === undefined || actual === 0 || base === 0) return undefined;
  return actual / base;
}

function exceeded(threshold: Threshold, actual: number | undefined): Exceeded | null {
  const { id, severity, measure, side, limit, origin } = threshold;
  if (actual === undefined) return null;
  if (!isOver(threshold, actual)) return null;
  const message = `${measure} is ${Number(actual.toPrecision(4))}, ${side} the limit of ${limit} (${origin})`;
  return { id, severity, measure, limit, actual, origin, message };
}
