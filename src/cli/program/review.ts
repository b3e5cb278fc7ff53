import { at, dryRun, judgeExits, yes } from './flags.js';
import type { VerbEntry } from './verb-entry.js';

const reporter = {
  name: 'reporter',
  value: 'name',
  choices: ['text', 'concise', 'github', 'sarif', 'json'],
  summary: 'text, concise, github (annotations), sarif, or json as --json',
} as const;

export const reviewVerbs: readonly VerbEntry[] = [
  {
    name: 'diff',
    group: 'Review',
    summary: 'What changed, by record and field. Default: HEAD against the work tree.',
    positionals: [{ name: 'range', shown: 'base[..head]', required: false }],
    flags: [
      {
        name: 'format',
        value: 'name',
        choices: ['text', 'json'],
        summary: 'text or json; json is what --json prints',
      },
      { name: 'exit-code', summary: 'exit 1 when there are differences' },
    ],
    exits: '0 done   1 differences, with --exit-code   2 bad input   4 git or disk',
    seeAlso: 'log, validate',
    example: 'stateroot diff main...release/0.9',
    load: async () => (await import('../verbs/diff.js')).runDiff,
  },
  {
    name: 'validate',
    group: 'Review',
    summary: 'Is each file what it claims: schema, canonical text, checksums, names, modes.',
    positionals: [{ name: 'paths', required: false, repeat: true }],
    flags: [
      { name: 'staged', summary: 'judge the index, what a commit would record' },
      at,
      { name: 'range', value: 'a..b', summary: 'judge every commit of b that a does not have, as a push is judged' },
      {
        name: 'merges',
        value: 'a..b',
        summary: 'judge merge commits, or one: each as merged by record',
      },
      { name: 'explain', value: 'rule', summary: 'what a rule means and how to repair it' },
      reporter,
    ],
    exits: judgeExits,
    seeAlso: 'fmt, seal, diff',
    load: async () => (await import('../verbs/validate.js')).runValidate,
  },
  {
    name: 'fmt',
    group: 'More',
    summary: 'Rewrite network files to canonical text; changes no value. Commits nothing.',
    positionals: [{ name: 'paths', required: false, repeat: true }],
    flags: [{ name: 'check', summary: 'write nothing, exit 1 when a file would change' }, dryRun],
    writes: true,
    exits: '0 done   1 would change, with --check   2 bad input   4 git or disk',
    seeAlso: 'validate, seal',
    load: async () => (await import('../verbs/fmt.js')).runFmt,
  },
  {
    name: 'seal',
    group: 'More',
    summary: 'Renew checksums after an honest hand edit: shows each record, asks. Commits nothing.',
    positionals: [{ name: 'paths', required: false, repeat: true }],
    flags: [dryRun, yes],
    writes: true,
    exits: '0 done   2 bad input, or a question nobody can answer   4 git or disk',
    seeAlso: 'validate, fmt',
    load: async () => (await import('../verbs/seal.js')).runSeal,
  },
];
