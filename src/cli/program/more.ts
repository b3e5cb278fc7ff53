import { at, writeExits } from './flags.js';
import { gitVerbs } from './git.js';
import { migrateVerb } from './migrate.js';
import type { VerbEntry } from './verb-entry.js';

export const moreVerbs: readonly VerbEntry[] = [
  migrateVerb,
  {
    name: 'export',
    group: 'More',
    summary: 'Write the state back as a LevelDB store or as plain files, into a new folder.',
    positionals: [
      { name: 'format', required: true, choices: ['leveldb', 'json-v1', 'json-v2'] },
      { name: 'out', required: true },
    ],
    flags: [at, { name: 'with-quarantine', summary: 'leveldb: also what an import could not accept' }],
    exits: '0 done   2 bad input, or the folder exists   4 git or disk',
    seeAlso: 'import, list',
    example: 'stateroot export leveldb out/ --at 2025-08-13',
    load: async () => (await import('../verbs/export.js')).runExport,
  },
  {
    name: 'backup',
    group: 'More',
    summary: 'Everything in one folder that proves itself: bundle, state, LevelDB, legacy JSON.',
    positionals: [
      { name: 'action', required: true, choices: ['create', 'verify', 'restore'] },
      { name: 'folder', shown: 'backup', required: false },
    ],
    flags: [
      { name: 'out', value: 'dir', summary: 'create: where backups go; default backups/ at the top' },
      { name: 'leveldb', value: 'path', summary: 'create: the LevelDB; default leveldb/, where there is one' },
      {
        name: 'legacy-json',
        value: 'path',
        summary: 'create: a JSON file or a folder of them; default deployments/*.json',
      },
      { name: 'into', value: 'dir', summary: 'restore: an empty folder, or a new one' },
    ],
    exits: '0 done   1 does not verify   2 bad input, folder exists   4 git or disk   5 busy, raced',
    seeAlso: 'export, validate, recover',
    example: 'stateroot backup create',
    load: async () => (await import('../verbs/backup.js')).runBackup,
  },
  migrateVerb,
  {
    name: 'recover',
    group: 'More',
    summary: 'After a crash: what a write left, and the decision the next one could not take.',
    positionals: [],
    flags: [
      { name: 'finish', summary: 'make the commit it was about to make' },
      { name: 'undo', summary: 'take back what it had begun' },
      { name: 'yes', short: 'y', summary: 'what the next write would do by itself; asks nothing' },
    ],
    writes: true,
    exits: writeExits,
    seeAlso: 'status, unlock',
    load: async () => (await import('../verbs/recover.js')).runRecover,
  },
  {
    name: 'unlock',
    group: 'More',
    summary: 'Remove the lock of another host, once you know that its process is gone.',
    positionals: [{ name: 'id', required: true }],
    flags: [],
    writes: true,
    exits: '0 done   1 no such lock   4 git or disk   5 its process lives',
    seeAlso: 'recover, doctor',
    load: async () => (await import('../verbs/unlock.js')).runUnlock,
  },
  {
    name: 'explain',
    group: 'More',
    summary: 'What the code of a refusal means: causes, what to do, how to avoid it.',
    positionals: [{ name: 'code', required: true }],
    flags: [],
    exits: '0 explained   1 no such code   2 bad input',
    seeAlso: 'exit-codes, doctor, validate',
    example: 'stateroot explain MIGRATION-003',
    load: async () => (await import('../verbs/explain.js')).runExplain,
  },
  {
    name: 'completion',
    group: 'More',
    summary: 'A script that completes commands and flags: eval "$(stateroot completion bash)".',
    positionals: [{ name: 'shell', required: true, choices: ['bash', 'zsh'] }],
    flags: [],
    exits: '0 done   2 bad input',
    example: 'eval "$(stateroot completion bash)"',
    load: async () => (await import('../verbs/completion.js')).runCompletion,
  },
  ...gitVerbs,
];
