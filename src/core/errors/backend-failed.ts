import type { ErrorEntry } from './error-entry.js';

/** Exit code 4: a backend of the state managers failed. */
export const backendFailed = {
  LEVELDB_READ_ERROR: {
    message: 'A LevelDB could not be read. It is not taken for empty: nothing is deployed on this answer.',
    causes: ['A file of it is damaged or may not be read.', 'A value is no JSON, or a record contradicts its key.'],
    resolution: [
      [
        'See which files are damaged and how many keys can be affected; the source stays as it is.',
        'stateroot import leveldb leveldb/ --dry-run',
      ],
      ['Take the last good folder from git history or a backup.', 'git log -- leveldb'],
    ],
    prevention: 'Bring the database in with `stateroot import leveldb`: from then on git keeps every state.',
  },
  LEVELDB_WRITE_ERROR: {
    message: 'A LevelDB could not be written.',
    causes: ['A full disk, permissions, or a file system that is read-only.'],
    resolution: [
      ['Check that the folder can be written and has room, then write again: a batch is whole or absent.'],
      ['See what the database holds.', 'stateroot import leveldb leveldb/ --dry-run'],
    ],
    prevention: 'Keep the database on a local disk, and one process writing to it.',
  },
  JSON_LOAD_ERROR: {
    message: 'A JSON file of deployments could not be read.',
    causes: ['It is missing, may not be read, or is a link or a folder.'],
    resolution: [
      ['The message names the file: check that it is there and can be read.'],
      ['Take a deleted file back.', 'git restore deployments/'],
    ],
    prevention: 'Commit the files of deployments/, and let the user that runs the scripts own them.',
  },
  JSON_PARSE_ERROR: {
    message: 'A text is not the JSON it should be. It is not taken for empty.',
    causes: [
      'A write was cut off, or a merge left conflict markers.',
      'An edit by hand left a comma, a duplicate key, or a number that JavaScript cannot hold exactly.',
    ],
    resolution: [
      ['See line and column.', 'stateroot validate'],
      ['Settle a merge by record.', 'stateroot resolve'],
      ['Or take the committed text back.', 'git restore -SW deployments/'],
    ],
    prevention: 'The pre-commit hook of `stateroot init` refuses such a file before it is recorded.',
  },
  JSON_WRITE_ERROR: {
    message: 'A JSON file of deployments could not be written. The old text stands, whole.',
    causes: ['A full disk, permissions, or a file system that is read-only.'],
    resolution: [['Check the folder and the disk, then write again.'], ['See what stands.', 'stateroot status']],
    prevention: 'Let the user that runs the scripts own deployments/.',
  },
  BACKEND_UNAVAILABLE: {
    message: 'A backend cannot be used now.',
    causes: [
      'It failed several times in a row, so calls are refused for a while (circuit breaker).',
      'It did not answer in time, or was closed.',
      'None of the backends to choose from is there.',
    ],
    resolution: [
      ['The cause of the error says what failed first: correct that.'],
      ['See whether repository and set-up work.', 'stateroot doctor'],
      ['Name the backend: STATE_BACKEND, or `backend` of createManager.'],
    ],
    prevention: 'Watch the error rate of getMetrics().',
  },
  DUAL_WRITE_FAILED: {
    message: 'Both backends of a dual write failed, so nothing was written.',
    causes: ['Disk, permissions or locks concern both; or the record is refused by both.'],
    resolution: [
      ['The two causes stand in the details: correct them, then write again.'],
      ['See what the unified files hold.', 'stateroot list'],
    ],
    prevention: 'Watch the repair queue: one side that fails for long is no second copy.',
  },
  MIGRATION_FAILED: {
    message: 'A migration between backends did not finish.',
    causes: [
      'The source could not be read whole, or the target could not be written.',
      'What was written does not read back equal.',
    ],
    resolution: [
      ['The cause of the error names the record or file: correct it.'],
      ['Import again: what is there already makes no second commit.', 'stateroot import leveldb leveldb/'],
      ['Compare what arrived with what was there.', 'stateroot diff HEAD..<branch>'],
    ],
    prevention: 'Migrate on a branch, and merge only what was reviewed.',
  },
} satisfies Record<string, ErrorEntry>;
