import type { Topic } from './answer.js';

/** Backup, restore, repair, rollback. */
export const goingBack: Topic = {
  title: 'Backup, restore, rollback',
  answers: {
    'state:backup': { runs: ['backup create'] },
    'state:restore': {
      runs: ['backup restore {backup} --into {into}'],
      note: 'into an empty folder; it proves itself there before anything of yours is replaced',
    },
    'emergency:rollback-to-leveldb': { runs: ['migrate rollback'] },
    'verify:rollback-ready': {
      runs: ['validate', 'status'],
      note: 'before the cutover migrate abort goes back; after it migrate rollback --dry-run shows how',
    },
    'verify:rollback-success': { runs: ['health --only backends', 'migrate validate'] },
    'restore:json-from-backup': { runs: ['backup restore {backup} --into {into}'] },
    'restore:leveldb-backup': {
      runs: ['backup restore {backup} --into {into}'],
      note: 'the LevelDB of the backup is in the restored folder; move it yourself, with no script running',
    },
    'restore:corrupted-data': {
      runs: ['rollback --network {network} --to {to}'],
      note: 'one commit; log shows where to',
    },
    'repair:corruption': { runs: ['rollback --network {network} --to {to}'], note: 'one commit; log shows where to' },
    'restore:json-from-leveldb': { runs: ['import leveldb {leveldb=leveldb/}'] },
    'recreate:missing-json-files': {
      runs: ['import leveldb {leveldb=leveldb/}'],
      note: 'a committed file that only the work tree lacks comes back with git restore <file>',
    },
    'reconstruct:json-files': { runs: ['import leveldb {leveldb=leveldb/}'] },
    'reconstruct:deployment-metadata': {
      runs: ['import leveldb {leveldb=leveldb/}'],
      note: 'fields that the last write lost come back from superseded entries of the store, marked',
    },
    'repair:json-files': {
      runs: ['fmt'],
      note: 'canonical text, no value changed; what does not parse is named by line, and git restore brings it back',
    },
    'repair:leveldb': {
      not: 'A LevelDB is not repaired here: the repair of the library drops what it cannot read, and says nothing.',
      instead:
        'import leveldb <path> --dry-run names the damage by file and byte; then take the store of a backup, or migrate with --also <older copy>',
    },
    'fallback:leveldb': {
      not: 'A command cannot change the environment of your scripts.',
      instead:
        'start the script with FORCE_LEVELDB_FALLBACK=true; after a cutover, migrate rollback gives the LevelDB back first',
    },
    'resume:leveldb-operations': {
      not: 'Nothing was stopped: a LevelDB is read from a copy, and no service of stateroot runs.',
      instead: 'run the deploy script again; FORCE_LEVELDB_FALLBACK=true makes it use the LevelDB',
    },
    'restart:leveldb-operations': {
      not: 'There is no process of stateroot to restart, and a LOCK file is not removed: whoever holds it may be writing.',
      instead: 'end the process that has the store open, or wait for it; its lock goes with it',
    },
  },
};
