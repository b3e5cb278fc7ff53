import { phaseNames } from '../../core/migration/phases.js';
import { at, write } from './flags.js';
import type { VerbEntry } from './verb-entry.js';

export const migrateVerb: VerbEntry = {
  name: 'migrate',
  group: 'More',
  summary: 'From LevelDB and loose JSON to Git in five phases that can be stopped and undone.',
  positionals: [
    {
      name: 'action',
      required: true,
      choices: ['plan', 'run', 'status', 'resume', 'abort', 'validate', 'reconcile', 'rollback'],
    },
  ],
  flags: [
    { name: 'leveldb', value: 'path', summary: 'the LevelDB; default leveldb/, where there is one' },
    { name: 'also', value: 'path', repeat: true, summary: 'an older copy of it: fills only what is missing' },
    { name: 'legacy-json', value: 'path', repeat: true, summary: 'a JSON file from before 3.0, or a folder of them' },
    { name: 'unified', value: 'path', repeat: true, summary: '3.0 files that are not in normal form' },
    { name: 'openzeppelin', value: 'path', repeat: true, summary: "manifests of OpenZeppelin's upgrades plugin" },
    {
      name: 'until',
      value: 'phase',
      choices: [...phaseNames],
      summary: 'run, resume: stop after it; default consistency',
    },
    { name: 'cutover', summary: 'run, resume: all five phases, the merge included' },
    { name: 'batch-size', value: 'n', summary: 'plan, run: records of one commit at most; default 50' },
    { name: 'no-dual-write', summary: 'run: deploy scripts go on as they do until the cutover' },
    { name: 'no-backup', summary: 'run: make none before it begins' },
    {
      name: 'timeout',
      value: 's',
      summary: 'run, resume: seconds that one write may take; default 60',
    },
    { ...at, summary: 'validate: the state at a commit, tag, date, or on a branch' },
    {
      name: 'format',
      value: 'name',
      choices: ['text', 'md', 'json'],
      summary: 'validate: text, md (for a ticket), json',
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
    { name: 'out', value: 'dir', summary: 'rollback: the LevelDB to write; default leveldb.restored/' },
    { name: 'merge', value: 'rev', summary: 'rollback: the cutover to undo; default what this clone remembers' },
    { name: 'discard-later', summary: 'rollback: also records changed since; the LevelDB has them' },
    ...write.filter(({ name }) => name !== 'yes'),
  ],
  writes: true,
  exits: '0 done   1 missing or different   2 bad input   3 undecided   4 git, disk   5 stopped',
  seeAlso: 'import, backup, export, run',
  example: 'stateroot migrate run --leveldb leveldb/, then stateroot migrate resume --cutover',
  load: async () => (await import('../verbs/migrate.js')).runMigrate,
};
