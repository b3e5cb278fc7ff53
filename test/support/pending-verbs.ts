/**
 * Verbs that names of the documents stand for and that are not in the table of verbs yet. Whoever adds one takes it out
 * here: the tests insist.
 */
export const pendingVerbs: readonly string[] = [];

/** Flags and words that make a name complete, for the names that need some. */
export const neededWords: ReadonlyMap<string, readonly string[]> = new Map([
  ['state:restore', ['--backup', 'backups/one', '--into', 'restored']],
  ['restore:json-from-backup', ['--backup', 'backups/one', '--into', 'restored']],
  ['restore:leveldb-backup', ['--backup', 'backups/one', '--into', 'restored']],
  ['restore:corrupted-data', ['--network', 'bsctestnet', '--to', 'HEAD']],
  ['repair:corruption', ['--network', 'bsctestnet', '--to', 'HEAD']],
  ['apply:manual-corrections', ['--file', 'changes.json']],
  ['batch:bsc-operations', ['--file', 'changes.json']],
  [
    'update:implementation-hashes',
    ['--network', 'bsctestnet', '--contract', 'LookCoin', '--hash', `0x${'cd'.repeat(32)}`],
  ],
  ['trace:data-flow', ['--network', 'bsctestnet', '--contract', 'LookCoin']],
]);
