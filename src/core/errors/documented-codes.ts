import type { ErrorCode } from '../../errors.js';
import { unifiedFolder } from '../layout.js';
import type { ErrorEntry } from './error-entry.js';

/** A name that the design documents have for errors, and the codes of ours that it stands for. */
export type DocumentedCode = ErrorEntry & { readonly codes: readonly ErrorCode[] };

/**
 * The codes of document 001 (`STATE_*`) and 004 (`MIGRATION-*`, `JSON-*`, `LEVELDB-*`), and the `SecurityError` of 000.
 * Errors carry those of 004 in `details.reference`.
 */
export const documentedCodes = {
  STATE_NOT_FOUND: {
    codes: ['NOT_FOUND'],
    message: 'What was asked for is not in state.',
    causes: ['No such network or record. A get answers null instead of throwing this.'],
    resolution: [['See what is there.', 'stateroot list']],
    prevention: 'Ask exists() or hasContract() first, or expect null.',
  },
  STATE_WRITE_FAILED: {
    codes: ['LEVELDB_WRITE_ERROR', 'JSON_WRITE_ERROR', 'DUAL_WRITE_FAILED', 'FILE_FAILED', 'GIT_FAILED'],
    message: 'A write failed. It happened whole or not at all.',
    causes: ['Disk, permissions, a lock, or git; the code of the error says which backend.'],
    resolution: [
      ['See what stands, and whether a write is unfinished.', 'stateroot status'],
      ['Correct the cause that the error names, then write again.'],
    ],
    prevention: 'Let one user run the scripts and own the checkout.',
  },
  'MIGRATION-001': {
    codes: ['MIGRATION_FAILED'],
    message: 'Migration process failed: contract data could not be migrated.',
    causes: ['The disk is full, permissions are missing, or the source is damaged.'],
    resolution: [
      [
        'See what the source holds; it is copied first and never changed.',
        'stateroot import leveldb leveldb/ --dry-run',
      ],
      ['Run the migration again: what arrived already makes no second commit.', 'stateroot import leveldb leveldb/'],
      ['See what was left.', 'stateroot status'],
    ],
    prevention: 'Rehearse with --dry-run; the import works on a branch of its own.',
  },
  'MIGRATION-002': {
    codes: ['DUAL_WRITE_FAILED'],
    message: 'Backend synchronization failed: the two sides of a dual write differ.',
    causes: ['One side failed while the other was written, or somebody wrote to one side only.'],
    resolution: [
      ['List the differences: validateConsistency() of the migration manager.'],
      ['Let it repair what is queued, then compare again.'],
      ['Bring in what only the old side has.', 'stateroot import leveldb leveldb/'],
    ],
    prevention: 'Let every script write through one migration manager while both sides live.',
  },
  'MIGRATION-003': {
    codes: ['VALIDATION_FAILED', 'STATE_INVALID', 'CHECKSUM_MISMATCH'],
    message: 'Data integrity violation: contract data is corrupted or missing.',
    causes: ['A write outside of the managers, a text merge, an edit by hand, or a damaged disk.'],
    resolution: [
      ['List every finding.', 'stateroot validate'],
      ['Compare the networks with each other.', 'stateroot check'],
      ['See when the record changed.', 'stateroot log <network> <name>'],
      [
        'Take its last good state back, as one commit.',
        'stateroot rollback --network <network> --contract <name> --to <commit>',
      ],
    ],
    prevention: 'Hooks and `stateroot ci` refuse such a state before it is merged.',
  },
  'MIGRATION-004': {
    codes: ['BACKEND_UNAVAILABLE', 'BACKEND_INVALID', 'ENVIRONMENT_INVALID'],
    message: 'StateManager initialization failed: no backend could be made ready.',
    causes: ['A variable or option names no backend, the folder is not there, or it is locked.'],
    resolution: [
      ['See whether repository and set-up work.', 'stateroot doctor'],
      ['Print the configuration that the factory resolved, and correct the variable it names.'],
    ],
    prevention: 'Pass options in the script where a wrong backend would matter.',
  },
  'MIGRATION-005': {
    codes: ['BACKEND_UNAVAILABLE'],
    message: 'Performance degradation critical: latency exceeds the documented thresholds.',
    causes: ['A slow or shared disk, a backend that fails and is retried, or far more records than before.'],
    resolution: [
      ['Read getMetrics(): latencies, error rate and cache hit rate say which part is slow.'],
      ['Look for locks and unfinished writes.', 'stateroot status'],
      ['Look at the set-up: git version, hooks, drivers.', 'stateroot doctor'],
    ],
    prevention: 'Use putContracts() for many records: one write instead of many.',
  },
  'JSON-001': {
    codes: ['JSON_LOAD_ERROR', 'JSON_WRITE_ERROR'],
    message: 'JSON file access error: permission denied, or no such file.',
    causes: ['Permissions, a missing file, or a full disk.'],
    resolution: [
      ['Check owner, permissions and disk of deployments/.'],
      ['Take a deleted file back from the last commit.', 'git restore deployments/'],
      ['See what is there.', 'stateroot status'],
    ],
    prevention: 'Commit deployments/, and let the user that runs the scripts own it.',
  },
  'JSON-002': {
    codes: ['JSON_PARSE_ERROR'],
    message: 'JSON parse error: malformed JSON in a deployment file.',
    causes: ['A write that was cut off, another encoding, conflict markers, or an edit by hand.'],
    resolution: [
      ['See file, line and column.', 'stateroot validate'],
      ['Take the committed text back.', 'git restore -SW deployments/'],
      ['Or correct the line, then bring the file into normal form.', 'stateroot fmt'],
    ],
    prevention: '`stateroot init` sets up the pre-commit hook that refuses such a file.',
  },
  'JSON-003': {
    codes: ['VALIDATION_FAILED', 'RECORD_INVALID', 'STATE_INVALID'],
    message: 'JSON schema validation failed: data does not match the schema.',
    causes: ['A file of an older schema, a missing field, or a value of another type.'],
    resolution: [
      ['See which field of which record.', 'stateroot validate'],
      [
        'Bring older files into the form of today; nothing is lost unnamed.',
        `stateroot import unified ${unifiedFolder('')}`,
      ],
    ],
    prevention: '`stateroot init` gives editors the schema.',
  },
  'LEVELDB-001': {
    codes: ['LEVELDB_READ_ERROR', 'LEVELDB_INVALID', 'LEVELDB_NOT_FOUND'],
    message: 'LevelDB corruption: database files are damaged or unreadable.',
    causes: ['A process that was killed, a damaged disk, a folder that was copied while it was open, or a wrong path.'],
    resolution: [
      ['See what can be read, without changing the folder.', 'stateroot import leveldb leveldb/ --dry-run'],
      ['Take the last good folder from git history.', 'git log -- leveldb'],
      ['Or write a new one from state.', 'stateroot export leveldb leveldb-new/'],
    ],
    prevention: 'Keep state in git, and export a LevelDB where one is needed.',
  },
  'LEVELDB-002': {
    codes: ['LEVELDB_LOCKED'],
    message: 'LevelDB lock error: another process has the database open.',
    causes: ['A script is running, or never called close().'],
    resolution: [
      ['Let that program end; its process id is in the message. The lock ends with it.'],
      ['Then run the command again.', 'stateroot import leveldb leveldb/'],
    ],
    prevention:
      'One process per folder, and close() at its end. Deleting the LOCK file lets two processes write at once.',
  },
} satisfies Readonly<Record<string, DocumentedCode>>;

/** Other words of the documents for a code of ours. */
export const otherWords: Readonly<Record<string, ErrorCode>> = { SecurityError: 'ACCESS_DENIED' };

/** The enum of document 001: its own names, as scripts compare them. `meansCode` says which of ours they stand for. */
export const StateManagerErrorCode = {
  NOT_FOUND: 'STATE_NOT_FOUND',
  WRITE_FAILED: 'STATE_WRITE_FAILED',
  BACKEND_UNAVAILABLE: 'BACKEND_UNAVAILABLE',
  VALIDATION_FAILED: 'VALIDATION_FAILED',
  MIGRATION_FAILED: 'MIGRATION_FAILED',
} as const;
