import type { Verb } from '../command.js';

/** One line of the table of verbs: what is parsed, what help says, where the verb lives. No behaviour. */
export type VerbEntry = {
  readonly name: string;
  readonly group: Group;
  /** One line; the first of `help <verb>` and the one `help --all` shows. */
  readonly summary: string;
  readonly positionals: readonly Positional[];
  readonly flags: readonly Flag[];
  /** May change the repository: its refusals say whether anything was written. */
  readonly writes?: boolean;
  /** What stands behind its first word is for other verbs: it is not parsed, flags of theirs are no flags of it. */
  readonly passesOn?: true;
  /** Its refusals end with their exit code plus this one: git takes 1 to 127 of a merge driver for a conflict. */
  readonly failsAbove?: number;
  /** What its exit codes mean, `0 done   2 bad input`. */
  readonly exits: string;
  /** Other verbs and help topics, in words. */
  readonly seeAlso?: string;
  readonly example?: string;
  load(): Promise<Verb>;
};

export type Group = 'Start' | 'Read' | 'Write' | 'Review' | 'Together' | 'More' | 'Git';

export type Positional = {
  readonly name: string;
  /** In help, where it says more than the name. */
  readonly shown?: string;
  readonly required: boolean;
  /** Only the last one: takes all that follow. */
  readonly repeat?: boolean;
  readonly choices?: readonly string[];
};

export type Flag = {
  readonly name: string;
  readonly short?: string;
  /** What stands for the value in help; without it the flag is a switch. */
  readonly value?: string;
  readonly repeat?: boolean;
  readonly choices?: readonly string[];
  readonly summary: string;
};
