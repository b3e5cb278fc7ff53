import { dryRun } from './flags.js';
import type { VerbEntry } from './verb-entry.js';

export const togetherVerbs: readonly VerbEntry[] = [
  {
    name: 'merge',
    group: 'Together',
    summary: 'Merge a branch: state by record and field, everything else as git does.',
    positionals: [{ name: 'branch', required: true }],
    flags: [dryRun],
    writes: true,
    exits: '0 done, unchanged   1 invalid   2 bad input   3 conflict   4 git or disk   5 raced',
    seeAlso: 'resolve, sync, init (sets up the driver with which git merge does the same)',
    example: 'stateroot merge release/0.9',
    load: async () => (await import('../verbs/merge.js')).runMerge,
  },
  {
    name: 'resolve',
    group: 'Together',
    summary: 'Settle conflicts by record, whatever left them: merge, rebase, pick, revert, stash.',
    positionals: [],
    flags: [
      { name: 'list', summary: 'show what is open, change nothing' },
      {
        name: 'ours',
        value: 'place',
        repeat: true,
        summary: 'take ours: network[/contract[/field]], network/section',
      },
      {
        name: 'theirs',
        value: 'place',
        repeat: true,
        summary: 'take theirs; in a rebase that is your own commit',
      },
      dryRun,
    ],
    writes: true,
    exits: '0 done   1 invalid   2 bad input   3 conflicts are left   4 git or disk   5 busy, raced',
    seeAlso: 'merge, sync',
    example: 'stateroot resolve --ours basesepolia/SupplyOracle --theirs bsctestnet',
    load: async () => (await import('../verbs/resolve.js')).runResolve,
  },
  {
    name: 'sync',
    group: 'Together',
    summary: 'Fetch, merge by record, judge, push; again when raced. A conflict changes nothing.',
    positionals: [{ name: 'remote', required: false }],
    flags: [{ ...dryRun, summary: 'fetch and say what would be done' }],
    writes: true,
    exits: '0 done   1 invalid   2 bad input   3 conflict   4 git or network   5 raced',
    seeAlso: 'merge, status',
    example: 'stateroot sync origin',
    load: async () => (await import('../verbs/sync.js')).runSync,
  },
];
