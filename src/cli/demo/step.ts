/** One command of the tour, as a user would type it, and what has to come of it. */
export type Command = {
  readonly argv: readonly [program: 'stateroot' | 'git', ...args: string[]];
  readonly exit: number;
  /** Texts its output has to contain: without them the tour would show something else than its title says. */
  readonly shows: readonly string[];
};

export type Step = {
  readonly title: string;
  /** What happens outside of commands before them: a deploy script leaves its store, a person edits a file. */
  prepare?(repository: Repository): Promise<void>;
  /** Asked when the step begins: branches and commits have their names by then. */
  commands(repository: Repository): readonly Command[] | Promise<readonly Command[]>;
};

/** The repository of the tour. */
export type Repository = {
  readonly folder: string;
  /** What git answers, without the final newline. Throws when it fails. */
  git(...args: string[]): Promise<string>;
};

/** What a step came to; `problem` says what is not as it should be. */
export type StepResult = {
  readonly title: string;
  readonly commands: readonly CommandResult[];
  readonly problem: string | null;
};

export type CommandResult = { readonly command: string; readonly exit: number; readonly output: string };
