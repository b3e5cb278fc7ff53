import { StateManagerError } from '../../errors.js';
import type { Arguments } from '../command.js';
import type { VerbEntry } from './verb-entry.js';

// Alone in their file: git's own calls load these entries and not the table (every millisecond of a commit counts).

const hook: VerbEntry = {
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

const mergeDriver: VerbEntry = {
  name: 'merge-driver',
  group: 'Git',
  summary: 'Called by git, not by people: merges one state file by record.',
  positionals: ['base', 'ours', 'theirs', 'size', 'path'].map((name) => ({ name, required: true })),
  flags: [],
  failsAbove: 128,
  exits: '0 merged   1 conflict   129 and above: failed, nothing was merged',
  seeAlso: 'init, doctor',
  load: async () => (await import('../verbs/merge-driver.js')).runMergeDriver,
};

const textconv: VerbEntry = {
  name: 'textconv',
  group: 'Git',
  summary: 'Called by git, not by people: a state file as git diff compares it, a fact per line.',
  positionals: [{ name: 'file', required: true }],
  flags: [],
  exits: '0 done   2 bad input',
  seeAlso: 'diff, init',
  load: async () => (await import('../verbs/textconv.js')).runTextconv,
};

export const gitVerbs: readonly VerbEntry[] = [hook, mergeDriver, textconv];

export function gitVerb(name: string | undefined): VerbEntry | null {
  return gitVerbs.find((verb) => verb.name === name) ?? null;
}

/** The words of such a call as they stand: nothing in them is a flag. Throws BAD_USAGE for too few or too many. */
export function wordsOf(verb: VerbEntry, words: readonly string[]): Arguments {
  const slots = verb.positionals;
  const least = slots.filter((slot) => slot.required).length;
  if (words.length < least || (words.length > slots.length && slots.at(-1)?.repeat !== true)) {
    throw new StateManagerError('BAD_USAGE', `${verb.name} is called by git, and not with ${words.length} words.`, {
      hint: `stateroot help ${verb.name}`,
    });
  }
  const named = slots.map((slot, at) => [slot.name, slot.repeat === true ? words.slice(at) : words[at]] as const);
  return Object.fromEntries(named);
}
