import type { Topic } from './answer.js';

/** Documents 002 and 003: the phases of a migration, and what goes on during it. */
export const migrating: Topic = {
  title: 'The migration',
  answers: {
    'analyze:current-state': { runs: ['migrate plan'], note: 'reads every source, writes nothing' },
    'init:migration-environment': { runs: ['init'], note: 'commits nothing; init --remove takes it out again' },
    'migrate:bulk-data-migration': {
      runs: ['migrate run --until bulk'],
      note: 'migrate resume goes on; without --until, consistency is next',
    },
    'migrate:with-debug': {
      runs: ['migrate run'],
      note: 'DEBUG_DEPLOYMENT and its like are for the managers of scripts',
    },
    'migrate:resume': { runs: ['migrate resume'] },
    'migrate:resume-clean': {
      runs: ['migrate resume'],
      note: 'every checkpoint is a commit that the gate let through: there is no unclean one to leave out',
    },
    'resume:migration': { runs: ['migrate resume'] },
    'restart:migration-from-checkpoint': { runs: ['migrate resume'] },
    'stop:migration-graceful': {
      not: 'This command cannot know which process is meant, and ends none.',
      instead:
        'press Ctrl-C where the migration runs: it stops after the batch in hand, and migrate resume goes on from there',
    },
    'check:migration-progress': { runs: ['migrate status'] },
    'monitor:migration-progress': { runs: ['migrate status'], note: 'migrate run itself shows rate and time left' },
    'debug:migration-health': { runs: ['health --only migration'] },
    'verify:partial-migration-integrity': {
      runs: ['migrate status', 'validate'],
      note: 'what is on the migration branch went through the gate batch by batch',
    },
    'validate:migration-consistency': {
      runs: ['migrate validate'],
      note: 'against the work tree; before the cutover add --at <branch>, which migrate status names',
    },
    'migration:export': {
      runs: ['import leveldb {leveldb=leveldb/}'],
      note: 'every record of the LevelDB, on a branch of its own; the source stays as it is',
    },
    'migration:sync': {
      runs: ['import leveldb {leveldb=leveldb/} --here'],
      note: 'on the current branch; what is there already makes no commit',
    },
    'migration:consolidate': {
      runs: ['migrate run'],
      note: 'all sources become one file per network, on a branch; with --cutover it is merged',
    },
    'migration:validate': {
      runs: ['migrate validate'],
      note: 'against the work tree; before the cutover add --at <branch>, which migrate status names',
    },
    'migration:rollback': { runs: ['migrate rollback'] },
    'state:migrate': { runs: ['migrate run'], note: 'up to the cutover; with --cutover all of it' },
    'migrate:data-to-new-schema': {
      runs: ['import json {path=deployments/}'],
      note: 'older JSON becomes 3.0.0; import unified is for 3.0.0 files that are not in normal form',
    },
    'validate:pre-cutover': {
      runs: ['migrate validate', 'validate', 'check'],
      note: 'against the work tree; before the cutover add --at <branch>, which migrate status names',
    },
    'configure:json-only-mode': {
      runs: ['migrate resume --cutover'],
      note: 'the cutover is a merge, after which scripts of this clone use Git',
    },
    'validate:json-only-mode': { runs: ['validate', 'health --only backends'] },
    'validate:final-system-state': { runs: ['validate', 'check', 'health'] },
    'generate:migration-report': {
      runs: ['migrate status'],
      note: 'the report in the form of document 003 is printed at the cutover, and stands in the message of its commit',
    },
    'test:migration:data-integrity': {
      runs: ['import leveldb {leveldb=leveldb/} --dry-run'],
      note: 'every CRC and every entry of the source is read; nothing is written',
    },
    'test:migration:bigint-precision': {
      runs: ['import leveldb {leveldb=leveldb/} --dry-run'],
      note: 'a number that cannot be held exactly is named, never rounded',
    },
    'test:migration:comprehensive': {
      runs: ['migrate validate', 'validate', 'check'],
      note: 'against the work tree; before the cutover add --at <branch>, which migrate status names',
    },
    'test:migration:full-validation': {
      runs: ['migrate validate', 'validate', 'check'],
      note: 'against the work tree; before the cutover add --at <branch>, which migrate status names',
    },
    'test:post-migration:comprehensive': { runs: ['validate', 'check', 'health'] },
  },
};
