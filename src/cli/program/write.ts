import { write, writeExits } from './flags.js';
import type { VerbEntry } from './verb-entry.js';

export const writeVerbs: readonly VerbEntry[] = [
  {
    name: 'put',
    group: 'Write',
    summary: 'Write one record as one commit. Writing what is already there makes no commit.',
    positionals: [
      { name: 'network', required: true },
      { name: 'name', required: true },
    ],
    flags: [
      { name: 'from', value: 'file|-', summary: 'a record as JSON; it replaces the one that is there' },
      {
        name: 'set',
        value: 'path=value',
        repeat: true,
        summary: 'one field, e.g. implementation=0x…; repeat; wins over --from',
      },
      { name: 'category', value: 'name', summary: 'core, protocol, infrastructure, …  (default: by name, else core)' },
      { name: 'chain-id', value: 'n', summary: 'needed once, for a network nobody knows yet' },
      ...write,
    ],
    writes: true,
    exits: writeExits,
    seeAlso: 'apply (many records, one commit), rollback',
    example: 'stateroot put basesepolia SupplyOracle --set implementation=0x031bB9A21677b672F89274e3439a89fd045f0085',
    load: async () => (await import('../verbs/put.js')).runPut,
  },
  {
    name: 'delete',
    group: 'Write',
    summary: 'Remove one record as one commit.',
    positionals: [
      { name: 'network', required: true },
      { name: 'name', required: true },
    ],
    flags: write,
    writes: true,
    exits: writeExits,
    seeAlso: 'put, rollback',
    load: async () => (await import('../verbs/delete.js')).runDelete,
  },
  {
    name: 'apply',
    group: 'Write',
    summary: 'Many puts and deletes as one commit, all or nothing.',
    positionals: [{ name: 'file', shown: 'file|-', required: true }],
    flags: write,
    writes: true,
    exits: writeExits,
    seeAlso: 'put, delete, rollback',
    load: async () => (await import('../verbs/apply.js')).runApply,
  },
  {
    name: 'rollback',
    group: 'Write',
    summary: 'Undo commits as one new commit. It changes the record, not the chain.',
    positionals: [{ name: 'commit', required: false, repeat: true }],
    flags: [
      {
        name: 'network',
        value: 'name',
        summary: 'only this network: what the commits did to it, or with --to all of it',
      },
      { name: 'contract', value: 'name', summary: 'only this record of it' },
      { name: 'to', value: 'rev', summary: 'the commit, tag or date to go back to' },
      ...write,
    ],
    writes: true,
    exits: writeExits,
    seeAlso: 'log, diff',
    example: 'stateroot rollback --network bsctestnet --contract FeeManager --to c160f70^',
    load: async () => (await import('../verbs/rollback.js')).runRollback,
  },
];
