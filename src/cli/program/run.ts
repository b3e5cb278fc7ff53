import type { VerbEntry } from './verb-entry.js';

export const runVerb: VerbEntry = {
  name: 'run',
  group: 'More',
  summary: 'A command name of the design documents: does it here, or says why it does not apply.',
  positionals: [
    { name: 'name', required: false },
    { name: 'arguments', shown: 'its flags', required: false, repeat: true },
  ],
  flags: [{ name: 'list', summary: 'every name, and what it does' }],
  passesOn: true,
  exits: '0 done   1 does not apply here   2 no such name; else what the command it runs means',
  seeAlso: 'explain, init (--npm-scripts)',
  example: 'stateroot run compare:leveldb-vs-json --leveldb leveldb/',
  load: async () => (await import('../verbs/run.js')).runRun,
};
