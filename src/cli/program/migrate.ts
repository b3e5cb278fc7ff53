import { writeExits } from './flags.js';
import type { VerbEntry } from './verb-entry.js';

export const migrateVerb: VerbEntry = {
  name: 'migrate',
  group: 'More',
  summary: 'The staged migration from LevelDB and loose JSON to Git, resumable and reversible.',
  positionals: [{ name: 'action', required: true, choices: ['rollback'] }],
  flags: [
    { name: 'out', value: 'dir', summary: 'rollback: the LevelDB to write; a folder that does not exist yet' },
    { name: 'merge', value: 'rev', summary: 'rollback: the merge to undo; default what this clone remembers' },
    { name: 'discard-later', summary: 'rollback: also records changed since; the LevelDB has them' },
    { name: 'dry-run', short: 'n', summary: 'rollback: say what would happen, write nothing' },
  ],
  writes: true,
  exits: writeExits,
  seeAlso: 'import, export, backup, rollback',
  example: 'stateroot migrate rollback --out leveldb.restored',
  load: async () => (await import('../verbs/migrate.js')).runMigrate,
};
