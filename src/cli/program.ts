import { globalFlags } from './program/flags.js';
import { moreVerbs } from './program/more.js';
import { readVerbs } from './program/read.js';
import { reviewVerbs } from './program/review.js';
import { startVerbs } from './program/start.js';
import { togetherVerbs } from './program/together.js';
import type { Flag, VerbEntry } from './program/verb-entry.js';
import { writeVerbs } from './program/write.js';

/** Every verb there is, in the order help shows them: the one place that says what can be typed. */
export const verbs: readonly VerbEntry[] = [
  ...startVerbs,
  ...readVerbs,
  ...writeVerbs,
  ...reviewVerbs,
  ...togetherVerbs,
  ...moreVerbs,
];

/** Texts `help <topic>` knows besides the verbs. */
export const topics = ['exit-codes'] as const;

export function findVerb(name: string): VerbEntry | undefined {
  return verbs.find((verb) => verb.name === name);
}

/** The flags of a verb, then the global ones. */
export function flagsOf(verb: VerbEntry): readonly Flag[] {
  return [...verb.flags, ...globalFlags];
}
