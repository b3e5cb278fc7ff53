import type { Finding } from '../core/finding.js';
import type { StateManagerError } from '../errors.js';
import type { Checkout } from '../ports/checkout.js';
import type { Merges } from '../ports/merges.js';
import type { Unmerged } from '../ports/unmerged.js';
import type { Remotes } from '../ports/remotes.js';
import type { MergeFiles } from '../ports/merge-files.js';
import type { MergeCommits } from '../ports/merge-commits.js';
import type { StateChanges } from '../ports/state-changes.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { Style } from './text/style.js';

/**
 * What was parsed for one verb, by the names of `program.ts` as they are typed: `args['dry-run']`, `args['network']`.
 * Read it with `flag`, `text` and `texts` of `arguments.ts`.
 */
export type Arguments = Readonly<Record<string, unknown>>;

/** What a verb needs of the outside. Only `main.ts` builds one; tests build their own. */
export type Context = {
  /** Absolute; `-C` applied. */
  readonly cwd: string;
  /** Someone can answer a question: stdin and stderr are terminals and neither --no-input nor --json was given. */
  readonly interactive: boolean;
  /** Opened once, closed by main. Throws NOT_A_REPOSITORY and the like. */
  openRepository(): Promise<StateRepository>;
  /**
   * What commits or the index change; also in a bare repository. Opened once, closed by main. `given`: what the index
   * changes stands on stdin, as `hooks/pre-commit` asked git.
   */
  openChanges(given?: boolean): Promise<StateChanges>;
  /** Merging and exchange with other clones. Opened once, closed by main. Throw like openRepository. */
  openMerges(): Promise<Merges>;
  openRemotes(): Promise<Remotes>;
  /** Conflicts that wait in index and work tree. Opened once, closed by main. Throws like openRepository. */
  openUnmerged(): Promise<Unmerged>;
  /** Merge commits and what they merged; also in a bare repository. Opened once, closed by main. */
  openMergeCommits(): Promise<MergeCommits>;
  /** The checkout as set-up sees it (`init`, `status`, `doctor`). Throws like openRepository. */
  openCheckout(): Promise<Checkout>;
  /** The files of a merge driver, from `cwd`. */
  openMergeFiles(): Promise<MergeFiles>;
  /** The environment variables of the process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the running node: `20.19.0`. */
  readonly nodeVersion: string;
  /** `-` reads stdin; else a file relative to cwd. Throws BAD_INPUT. */
  readInput(file: string): Promise<Uint8Array>;
  /** Asks on the terminal, the default is no. Call it only when `interactive`. */
  confirm(question: string): Promise<boolean>;
  /** Asks for one of these keys on the terminal; null when the question was cancelled. Call it only when `interactive`. */
  choose(question: string, options: readonly KeyOption[]): Promise<string | null>;
  /** One line on stderr, on a terminal only, after 0.5 s, erased by `done`. */
  progress(label: string, total?: number): Progress;
  /** Writes to stderr at once (conversation of long commands: init, demo). Silent under -q. */
  say(line: string): void;
  /** How stderr is styled, for `say`. */
  readonly errorStyle: Style;
  /** From now on the first SIGINT or SIGTERM only asks to stop; the second ends the process. */
  deferStop(): StopRequest;
};

export type StopRequest = {
  isAsked(): boolean;
  /** The process ends with the verb, whatever still runs: what it waits for may never end. */
  abandon(): void;
  release(): void;
};

/** One answer to a question: the key that is pressed, and what it means. */
export type KeyOption = { readonly key: string; readonly label: string };

export type Progress = { step(done: number, item?: string): void; done(): void };

/** What a verb answers; main prints it as text or as the JSON envelope (CONTRACT §5) and exits. */
export type Outcome = {
  /** `data` of the envelope. */
  readonly data: unknown;
  readonly findings?: readonly Finding[];
  /** What is refused although there is an answer: the envelope has both (CONTRACT §5). Its code gives the exit code. */
  readonly error?: StateManagerError;
  /** Default 0, or that of `error`. */
  readonly exit?: 0 | 1 | 2 | 3 | 4 | 5;
  /** stdout: the answer, without a final newline; '' prints nothing. */
  text(style: Style): string;
  /** stderr: the conversation, likewise. */
  notes?(style: Style): string;
  /** stdout under -q (a full commit id); default nothing. */
  readonly quiet?: string;
};

/** The `text` of an outcome that prints no answer: nobody needs to know how stdout is styled, which costs a hook time. */
export const silent = (): string => '';

export type Verb = (args: Arguments, context: Context) => Promise<Outcome>;
