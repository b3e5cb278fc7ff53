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
    exits: '0 done or unchanged   1 invalid   2 bad input   3 conflict   4 git or disk   5 busy, raced',
    seeAlso: 'resolve, sync; git merge does the same where the merge driver is set up (init)',
    example: 'stateroot merge release/0.9',
    load: async () => (await import('../verbs/merge.js')).runMerge,
  },
  {
    name: 'resolve',
    group: 'Together',
    summary: 'Settle conflicts of a merge, rebase, pick, revert or stash by record, with or without the merge driver.',
    positionals: [],
    flags: [
      { name: 'list', summary: 'what is open; changes nothing, exit 3 when a decision is open' },
      {
        name: 'ours',
        value: 'place',
        repeat: true,
        summary: 'network[/contract[/field]] or network/section: take ours',
      },
      {
        name: 'theirs',
        value: 'place',
        repeat: true,
        summary: 'the same from the other side; the more exact place wins',
      },
      dryRun,
    ],
    writes: true,
    exits: '0 done   1 invalid   2 bad input   3 conflicts are left   4 git or disk   5 busy, raced',
    seeAlso: 'merge, sync; it stages and commits nothing. In a rebase ours is the branch you rebase onto',
    example: 'stateroot resolve --ours basesepolia/SupplyOracle --theirs bsctestnet',
    load: async () => (await import('../verbs/resolve.js')).runResolve,
  },
  {
    name: 'sync',
    group: 'Together',
    summary: 'Fetch, merge by record, judge and push, again when raced. A conflict leaves everything as it was.',
    positionals: [{ name: 'remote', required: false }],
    flags: [{ ...dryRun, summary: 'fetch and say what would be done' }],
    writes: true,
    exits: '0 done   1 invalid   2 bad input   3 conflict   4 git or network   5 busy, raced 20 times',
    seeAlso: 'merge, status',
    example: 'stateroot sync origin',
    load: async () => (await import('../verbs/sync.js')).runSync,
  },
];
