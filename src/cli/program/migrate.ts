import { at, write } from './flags.js';
import type { VerbEntry } from './verb-entry.js';

export const migrateVerb: VerbEntry = {
  name: 'migrate',
  group: 'More',
  summary: 'From a LevelDB and loose JSON to Git: what came over, what differs, who is right.',
  positionals: [{ name: 'action', required: true, choices: ['validate', 'reconcile'] }],
  flags: [
    { name: 'leveldb', value: 'path', summary: 'the LevelDB; default leveldb/, where there is one' },
    { name: 'also', value: 'path', repeat: true, summary: 'an older copy of it: fills what is missing' },
    { name: 'legacy-json', value: 'path', repeat: true, summary: 'a JSON file from before 3.0, or a folder of them' },
    { name: 'unified', value: 'path', repeat: true, summary: '3.0 files that are not in normal form' },
    { name: 'openzeppelin', value: 'path', repeat: true, summary: "manifests of OpenZeppelin's upgrades plugin" },
    { ...at, summary: 'validate: the state at a commit, tag, date, or on a branch' },
    {
      name: 'format',
      value: 'name',
      choices: ['text', 'md', 'json'],
      summary: 'validate: text, md (for a ticket), json as --json',
    },
    {
      name: 'rule',
      value: 'name',
      choices: ['newest', 'leveldb', 'git', 'evidence'],
      summary: 'reconcile: whom to believe; a tie of evidence stays open',
    },
    {
      name: 'set',
      value: 'place=side',
      repeat: true,
      summary: 'reconcile: network/contract[/field]=leveldb or =git; before --rule',
    },
    ...write.filter(({ name }) => name !== 'yes'),
  ],
  writes: true,
  exits: '0 done   1 missing or different   2 bad input   3 undecided   4 git or disk   5 raced',
  seeAlso: 'import, export, validate',
  example: 'stateroot migrate validate --leveldb leveldb/ --at state/import-leveldb-9c41e7',
  load: async () => (await import('../verbs/migrate.js')).runMigrate,
};
