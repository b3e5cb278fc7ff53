import { at, network, readExits } from './flags.js';
import type { VerbEntry } from './verb-entry.js';

export const readVerbs: readonly VerbEntry[] = [
  {
    name: 'get',
    group: 'Read',
    summary: 'One record, by name or by address (proxy or implementation, any case).',
    positionals: [
      { name: 'network', required: true },
      { name: 'name', shown: 'name|address', required: true },
    ],
    flags: [at],
    exits: readExits,
    seeAlso: 'list, find, blame',
    example: 'stateroot get basesepolia LookCoin --at 2025-08-13',
    load: async () => (await import('../verbs/get.js')).runGet,
  },
  {
    name: 'list',
    group: 'Read',
    summary: 'All records, by network and name. In a pipe one tab-separated line each.',
    positionals: [],
    flags: [
      network,
      { name: 'where', value: 'path=value', repeat: true, summary: 'only records with this field; repeat' },
      at,
    ],
    exits: '0 done, also when there is none   2 bad input   4 git or disk',
    seeAlso: 'get, find',
    example: 'stateroot list --network basesepolia --where category=protocol',
    load: async () => (await import('../verbs/list.js')).runList,
  },
  {
    name: 'find',
    group: 'Read',
    summary: 'Whose is it: every record on every network that holds this address or hash.',
    positionals: [{ name: 'value', shown: 'address|hash', required: true }],
    flags: [{ name: 'history', summary: 'in every commit, not only now' }, at],
    exits: readExits,
    seeAlso: 'get, log',
    load: async () => (await import('../verbs/find.js')).runFind,
  },
  {
    name: 'log',
    group: 'Read',
    summary: 'The commits that changed a record, newest first.',
    positionals: [
      { name: 'network', required: false },
      { name: 'name', required: false },
    ],
    flags: [at, { name: 'limit', value: 'n', summary: 'at most this many' }],
    exits: readExits,
    seeAlso: 'blame, diff, rollback',
    load: async () => (await import('../verbs/log.js')).runLog,
  },
  {
    name: 'blame',
    group: 'Read',
    summary: 'Who last set each field of a record, when and in which commit.',
    positionals: [
      { name: 'network', required: true },
      { name: 'name', required: true },
    ],
    flags: [at],
    exits: readExits,
    seeAlso: 'log, get',
    load: async () => (await import('../verbs/blame.js')).runBlame,
  },
];
