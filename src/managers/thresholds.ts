/** What a threshold is about. Ratios are against a baseline of the same operations on the old store. */
export type Measure =
  | 'readMean'
  | 'writeMean'
  | 'readP95'
  | 'writeP95'
  | 'errorRate'
  | 'memory'
  | 'hitRate'
  | 'readRatio'
  | 'writeRatio'
  | 'queryRatio'
  | 'bulkReadRatio'
  | 'bulkWriteRatio'
  | 'memoryRatio'
  | 'overallRatio'
  | 'dualWriteRatio'
  | 'availability'
  | 'inconsistencies'
  | 'call';

export type Threshold = {
  readonly id: string;
  readonly measure: Measure;
  readonly side: 'above' | 'below';
  /** What is over when it is `side` of this: ms, bytes, a share from 0 to 1, a ratio, or a count. */
  readonly limit: number;
  readonly severity: 'critical' | 'warning' | 'info';
  /** The document that says it; where they disagree each limit has its own line, under its own origin. */
  readonly origin: string;
};

/** One call of whatever is timed. */
export const slowCall: Threshold = above('call-slow', 'call', 1000, 'warning', '000, performance monitoring');

/** Every limit that the documents name, and nothing else. */
export const thresholds: readonly Threshold[] = [
  above('read-p95', 'readP95', 100, 'warning', '002, production performance monitoring'),
  above('write-p95', 'writeP95', 200, 'warning', '002, production performance monitoring'),
  above('error-rate', 'errorRate', 0.01, 'critical', '002, production performance monitoring; 003, alert thresholds'),
  above('memory', 'memory', 750_000_000, 'warning', '002, production performance monitoring'),
  { ...above('hit-rate', 'hitRate', 0.7, 'info', '002, production performance monitoring'), side: 'below' },
  above('read-slow', 'readMean', 2000, 'warning', '004, slow read operations'),
  above('write-slow', 'writeMean', 5000, 'warning', '004, slow write operations'),
  slowCall,
  above('read-ratio', 'readRatio', 2, 'warning', '002, benchmark results; 003, phase 3'),
  above('write-ratio', 'writeRatio', 3, 'warning', '002, benchmark results; 003, phase 3'),
  above('query-ratio', 'queryRatio', 5, 'warning', '003, phase 3'),
  above('bulk-read-ratio', 'bulkReadRatio', 1.5, 'warning', '002, benchmark results'),
  above('bulk-write-ratio', 'bulkWriteRatio', 1.5, 'warning', '002, benchmark results'),
  above('memory-ratio', 'memoryRatio', 1.5, 'warning', '002, benchmark results; 003, phase 3'),
  above('overall-ratio', 'overallRatio', 3, 'warning', '002, executive summary'),
  above('degradation-alert', 'overallRatio', 1.2, 'warning', '003, alert thresholds'),
  above('degradation-rollback', 'overallRatio', 1.5, 'critical', '003, immediate rollback triggers'),
  above('dual-write-ratio', 'dualWriteRatio', 1.5, 'warning', '003, phase 2'),
  { ...above('availability', 'availability', 0.999, 'critical', '002; 003, alert thresholds'), side: 'below' },
  above('inconsistency', 'inconsistencies', 0, 'critical', '003, alert thresholds'),
];

function above(
  id: string,
  measure: Measure,
  limit: number,
  severity: Threshold['severity'],
  origin: string,
): Threshold {
  return { id, measure, side: 'above', limit, severity, origin };
}
