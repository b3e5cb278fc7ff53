import type { Topic } from './answer.js';

/** Names that promise to make something faster. */
export const tuning: Topic = {
  title: 'Tuning',
  answers: {
    'implement:read-caching': {
      already: 'Managers cache: `enableCaching` and ENABLE_CACHING are on by default, `cached()` is the layer.',
    },
    'implement:bsc-caching': {
      already: 'The cache of a manager holds every network: `enableCaching` and ENABLE_CACHING are on by default.',
    },
    'implement:parallel-reads': {
      already: 'A network is read in one go, however many of its records are asked for: getAllContracts(), or list.',
    },
    'optimize:data-structure': {
      already: 'A record lies where it is looked up: one file per network, sections by category and name.',
    },
    'implement:async-writes': {
      not: 'A write is acknowledged when it would survive a power loss; one that answers before that can be lost.',
      instead: 'let independent scripts run side by side: writers are put in order',
    },
    'implement:write-batching': {
      not: 'Which writes belong together is known to your script only.',
      instead: 'putContracts(map) of a manager, or stateroot apply <file>: many records, one commit',
    },
    'batch:bsc-operations': { runs: ['apply {file}'], note: 'many records of one network or several, as one commit' },
    'optimize:bsc-operations': {
      not: 'No network is treated otherwise than another, so there is nothing to turn on for BSC.',
      instead: 'stateroot apply <file> writes many records as one commit; bench production measures your state',
    },
    'optimize:write-patterns': {
      not: 'How often your scripts write is decided in them.',
      instead:
        'putContracts(map) of a manager, or stateroot apply <file>: many records, one commit; bench write measures',
    },
    'optimize:performance': {
      not: 'There is no switch that makes things faster and is off.',
      instead: 'bench full --profile <dir> says where the time goes; caching is `enableCaching` of the factory',
    },
    'implement:performance-fixes': {
      not: 'A fix needs a cause, and a name does not tell it.',
      instead: 'bench full --profile <dir> says where the time goes; npm update stateroot brings what was mended since',
    },
    'optimize:system-resources': {
      not: 'Disk, memory and load of this machine are not for this program to change.',
      instead: 'health says what is short; bench memory says what stateroot itself needs',
    },
    'optimize:memory-usage': {
      not: 'The memory of a migration is bounded by itself; that of your script is its own.',
      instead: 'bench memory measures; the cache of a manager takes a bound: `cached({ maxEntries })`',
    },
    'fix:memory-leaks': {
      not: 'A program does not find the leak of another one from outside.',
      instead: 'bench memory says whether stateroot grows; close() every manager that a script opens',
    },
    'tune:garbage-collection': {
      not: 'The flags of another node process are not changed from here.',
      instead: 'set NODE_OPTIONS for your own script; a migration stays within its bound without',
    },
    'configure:parallel-processing': {
      not: 'How much is done at once is bounded by the program itself; MIGRATION_WORKERS is not read.',
      instead: 'migrate run --batch-size <n> says how many records one commit of a migration has',
    },
  },
};
