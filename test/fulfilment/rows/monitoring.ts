import type { Row } from '../row.js';

/** Performance and monitoring. */
export const rows: readonly Row[] = [
  {
    id: 'R154',
    says: '`PerformanceMonitor` times operations, averages them, and warns of what takes more than a second',
    code: 'src/managers/performance-monitor.ts#PerformanceMonitor',
    test: 'test/managers/performance-monitor.test.ts › tells how long each took, and the mean of all of an operation',
  },
  {
    id: 'R155',
    says: 'A read may take twice as long as the old store, a write three times: `bench` judges it, and Git exceeds both',
    code: 'src/managers/judge-metrics.ts#ratiosTo',
    test: 'test/managers/judge-metrics.test.ts › are compared with a baseline, the worst limit first',
  },
  {
    id: 'R156',
    says: 'Bulk reads and writes may take one and a half times as long: judged, and exceeded by Git',
    code: 'src/managers/thresholds.ts#thresholds',
    breaks: {
      from: "above('bulk-write-ratio', 'bulkWriteRatio', 1.5,",
      to: "above('bulk-write-ratio', 'bulkWriteRatio', 15,",
    },
    test: 'test/managers/judge-metrics.test.ts › are those of the documents, number for number',
  },
  {
    id: 'R157',
    says: 'A query may take five times as long: judged, and exceeded by Git',
    code: 'src/managers/judge-metrics.ts#ratiosTo',
    breaks: { from: 'ratio(metrics.queryLatency, baseline.queryLatency)', to: 'undefined as number | undefined' },
    test: 'test/managers/judge-metrics.test.ts › are compared with a baseline, the worst limit first',
  },
  {
    id: 'R158',
    says: 'The process may take one and a half times the memory',
    code: 'src/managers/judge-metrics.ts#ratiosTo',
    breaks: { from: 'memoryRatio: ratio(metrics.memory?.rss, baseline.memory?.rss),', to: '' },
    test: 'test/managers/judge-metrics.test.ts › are compared with a baseline, the worst limit first',
  },
  {
    id: 'R159',
    says: 'All operations together may take three times as long: judged, and exceeded where writes go to Git',
    code: 'src/managers/judge-metrics.ts#ratiosTo',
    breaks: { from: 'overallRatio: ratio(sum, known.length),', to: '' },
    test: 'test/managers/judge-metrics.test.ts › are compared with a baseline, the worst limit first',
  },
  {
    id: 'R160',
    says: 'A write to two backends may take half as long again as one to one: judged, and exceeded against LevelDB alone, not against Git',
    code: 'src/managers/thresholds.ts#thresholds',
    breaks: {
      from: "above('dual-write-ratio', 'dualWriteRatio', 1.5,",
      to: "above('dual-write-ratio', 'dualWriteRatio', 5,",
    },
    test: 'test/managers/judge-metrics.test.ts › are those of the documents, number for number',
  },
  {
    id: 'R161',
    says: 'Alerts of document 002: slow reads and writes by their 95th percentile, errors, memory, a cold cache',
    code: 'src/managers/judge-metrics.ts#measuresOf',
    breaks: { from: 'readP95: latencies?.read.p95,', to: '' },
    test: 'test/managers/judge-metrics.test.ts › are over for a slow 95th percentile of reads',
  },
  {
    id: 'R162',
    says: 'Alerts of document 003: degradation, errors, inconsistency, availability',
    code: 'src/managers/thresholds.ts#thresholds',
    breaks: {
      from: "above('degradation-alert', 'overallRatio', 1.2,",
      to: "above('degradation-alert', 'overallRatio', 12,",
    },
    test: 'test/managers/judge-metrics.test.ts › are those of the documents, number for number',
  },
  {
    id: 'R163',
    says: 'A read of more than two seconds and a write of more than five are symptoms',
    code: 'src/managers/judge-metrics.ts#measuresOf',
    breaks: { from: 'readMean: readLatency,', to: '' },
    test: 'test/managers/judge-metrics.test.ts › are over for slow reads',
  },
  {
    id: 'R164',
    says: 'Benchmarks: full, quick, memory, production data, and whether this machine can measure at all',
    code: 'src/cli/bench/plan.ts#planBench',
    test: 'test/cli/bench/bench.test.ts › of every mode is bounded by counts',
  },
  {
    id: 'R165',
    says: 'CI validates the state, checks that it can measure, and measures quickly',
    code: '.github/workflow-templates/state-watch.yml',
    breaks: { from: 'stateroot bench quick', to: 'stateroot status' },
    test: 'test/commands/setup/workflows.test.ts › are on request also the one that judges and measures every day, with commands that are there',
  },
  {
    id: 'R166',
    says: 'One command each checks what every week, month and quarter asks for; a scheduler starts it, for every day the workflow of R165',
    code: 'src/cli/documented/scheduling.ts#scheduling.answers',
    test: 'test/e2e/run-names.test.ts › of a week judges, of a month also makes a backup that holds, of a quarter also measures',
  },
  {
    id: 'R167',
    says: 'Health of data, backends and performance, together or one alone',
    code: 'src/commands/health/data-checks.ts#dataChecks',
    test: 'test/commands/health/health.test.ts › is an error with every finding, sorted, where a file is not valid',
  },
  {
    id: 'R168',
    says: 'A package for whoever helps: system, configuration, state and errors, and no secret',
    code: 'src/cli/diagnostics/collect-diagnostics.ts#collectDiagnostics',
    test: 'test/e2e/diagnostics.test.ts › shows no secret of any source, in JSON, in Markdown and in a file',
  },
  {
    id: 'R169',
    says: 'A log of every call that is asked for by topic: what, of what, when, how long, what came of it; reading it is left to who asked',
    code: 'src/managers/layers/logged.ts#logged',
    test: 'test/managers/layers/logged.test.ts › has a line for each call: what, of what, when, how long, and what came of it',
  },
  {
    id: 'R170',
    says: 'A CPU profile and a heap snapshot of what is measured, for the tools of developers',
    code: 'src/cli/bench/profile.ts#profiled',
    test: 'test/e2e/bench.test.ts › writes a profile and a heap snapshot that developer tools open, into a new folder only',
  },
  {
    id: 'R171',
    says: 'Errors are logged with their codes, and refusals told from failures',
    code: 'src/managers/layers/logged.ts#logged',
    test: 'test/managers/layers/logged.test.ts › tells refusals from failures, with their codes',
  },
  {
    id: 'R172',
    says: '99.9 % availability and no downtime',
    reason:
      'There is no service here that could be available: state is files in a clone, read where they are. What can be measured, the share of calls that failed, is judged against that limit (`judgeMetrics`).',
  },
];
