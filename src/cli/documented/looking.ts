import type { Topic } from './answer.js';

/** Health, diagnostics, logs, inspection. */
export const looking: Topic = {
  title: 'Health and diagnostics',
  answers: {
    'health:comprehensive': { runs: ['health'] },
    'health:backends': { runs: ['health --only backends'] },
    'health:data-integrity': { runs: ['health --only data'] },
    'health:performance': { runs: ['health --only performance'] },
    'debug:system-status': { runs: ['status'] },
    'debug:performance-issues': { runs: ['health --only performance'] },
    'check:system-resources': { runs: ['health --only system'] },
    'check:process-deadlocks': {
      runs: ['recover'],
      note: 'a lock is cleared when its process is proven dead; nothing is killed',
    },
    'collect:diagnostics': { runs: ['diagnostics'] },
    'collect:system-info': { runs: ['diagnostics'] },
    'export:configuration': { runs: ['diagnostics'], note: 'the configuration in it has no secrets' },
    'check:environment-variables': { runs: ['diagnostics'], note: 'the documented variables, without secrets' },
    'inspect:system-state': { runs: ['status'] },
    'inspect:backend-states': { runs: ['health --only backends'] },
    'inspect:internal-structures': { runs: ['list'] },
    'analyze:logs': { runs: ['log'], note: 'commands keep no log file; the commits that changed a record are the log' },
    'create:debug-timeline': { runs: ['log'] },
    'monitor:operation-sequence': { runs: ['log'], note: 'every write is a commit, in order' },
    'extract:relevant-logs': { runs: ['log'], note: 'takes a network and a name' },
    'extract:error-patterns': {
      not: 'No errors are kept: a refusal goes to stderr, with a stable code.',
      instead: 'stateroot explain <code> knows each; findings by rule are in validate --json',
    },
    'trace:data-flow': {
      runs: ['blame {network} {contract}'],
      note: 'which commit set each field; `source` of the record names the entry it came from',
    },
  },
};
