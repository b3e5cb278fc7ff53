import type { VerbEntry } from './verb-entry.js';

/** Alone in its file: a hook loads this entry and not the table (every millisecond of a commit counts). */
export const hookVerb: VerbEntry = {
  name: 'hook',
  group: 'Git',
  summary: 'Called by git, not by people: judges what a commit or a push is about to record.',
  positionals: [
    { name: 'name', required: true, choices: ['pre-commit', 'pre-merge-commit', 'pre-push', 'pre-receive'] },
    { name: 'args', required: false, repeat: true },
  ],
  flags: [],
  exits: '0 no errors   1 errors found   2 bad input   4 git or disk',
  seeAlso: 'validate, init',
  load: async () => (await import('../verbs/hook.js')).runHook,
};
