import type { Topic } from './answer.js';

const baseline = '{baseline=benchmark-baseline.json}';

/** Benchmarks, baselines, profiles. */
export const measuring: Topic = {
  title: 'Measuring',
  answers: {
    benchmark: { runs: ['bench full'] },
    'benchmark:quick': { runs: ['bench quick'] },
    'benchmark:current': { runs: ['bench quick'] },
    'benchmark:memory': { runs: ['bench memory'] },
    'benchmark:production': { runs: ['bench production'] },
    'benchmark:validate': { runs: ['bench validate'] },
    'benchmark:read-operations': { runs: ['bench read'] },
    'benchmark:write-operations': { runs: ['bench write'] },
    'benchmark:dual-write-performance': { runs: ['bench dual-write'] },
    'benchmark:leveldb-performance': { runs: ['bench full --backend leveldb'] },
    'benchmark:json-performance': { runs: ['bench full'], note: 'beside LevelDB, by the limits of the documents' },
    'test:dual-write-operations': {
      runs: ['bench dual-write'],
      note: 'writes in a temporary folder, nothing of yours',
    },
    'generate:performance-baseline': { runs: [`bench full --save ${baseline}`] },
    'compare:performance-baselines': { runs: [`bench full --compare ${baseline}`] },
    'verify:performance-baseline': { runs: [`bench full --compare ${baseline}`] },
    'monitor:post-migration-performance': { runs: [`bench full --compare ${baseline}`] },
    'validate:performance-requirements': {
      runs: ['bench full --strict'],
      note: 'exit 1 where a limit of the documents is exceeded',
    },
    'generate:performance-report': { runs: ['bench full'] },
    'analyze:timing-patterns': { runs: ['bench full'] },
    'analyze:performance-bottlenecks': { runs: ['bench full --profile {profile=profile/}'] },
    'analyze:write-bottlenecks': { runs: ['bench write --profile {profile=profile/}'] },
    'profile:read-bottlenecks': { runs: ['bench read --profile {profile=profile/}'] },
    'profile:cpu-usage': { runs: ['bench quick --profile {profile=profile/}'] },
    'profile:io-operations': { runs: ['bench write --profile {profile=profile/}'] },
    'profile:generate-flamegraph': {
      runs: ['bench quick --profile {profile=profile/}'],
      note: 'the CPU profile opens as a flame chart in the developer tools of a browser',
    },
    'monitor:memory-usage': { runs: ['bench memory'] },
    'detect:memory-leaks': { runs: ['bench memory'] },
    'analyze:memory-patterns': { runs: ['bench memory'] },
    'debug:analyze-memory-patterns': { runs: ['bench memory'] },
    'debug:monitor-memory-leaks': { runs: ['bench memory'] },
    'debug:generate-heap-dump': {
      runs: ['bench memory --profile {profile=profile/}'],
      note: 'of stateroot itself; your script dumps its own with node --heapsnapshot-signal=SIGUSR2',
    },
  },
};
