/** One file of a checkout, as set-up has to know it before touching it. */
export type CheckoutFile = {
  /** One character per byte, so that what is no UTF-8 survives; what is added has to be ASCII. Of a link, what it leads to. */
  readonly text: string;
  readonly executable: boolean;
  /** A symbolic link or a folder stands there: it is somebody's, and never written through. */
  readonly regular: boolean;
};

/** Where git looks for hooks in this clone. Folders are relative to the top of the work tree unless they lie outside. */
export type Hooks = {
  readonly folder: string;
  /** Where git looks without `core.hooksPath`. */
  readonly usual: string;
  /** Inside this repository; false for a folder that serves other repositories too. */
  readonly own: boolean;
  /** `core.hooksPath`, from any configuration; null when it is not set. */
  readonly configured: string | null;
  /** husky's folder (`.husky`), where one exists; active when git runs its hooks in this clone. */
  readonly husky: { readonly folder: string; readonly active: boolean } | null;
};

export type CheckoutFacts = {
  /** `2.39.5`. */
  readonly gitVersion: string;
  readonly shallow: boolean;
  readonly objectFormat: string;
  /** Work trees of this repository, this one included. */
  readonly worktrees: number;
};

export type Upstream = { readonly name: string; readonly ahead: number; readonly behind: number };

export type Setting = {
  readonly key: string;
  readonly value: string;
  readonly scope: 'system' | 'global' | 'local' | 'worktree' | 'command' | 'unknown';
};

/**
 * A checkout as `init`, `status` and `doctor` see it: configuration, hooks, small files. Paths are relative to the top of
 * the work tree and use `/`, or are absolute. Every method throws GIT_FAILED or FILE_FAILED for what went wrong.
 */
export interface Checkout {
  /** Where the command was started, relative to the top: `''` or `packages/contracts`. */
  readonly prefix: string;
  /** The nearest state root at or above it (CONTRACT §2). */
  readonly root: string;
  facts(): Promise<CheckoutFacts>;
  hooks(): Promise<Hooks>;
  /** Whether git can say who commits. */
  hasIdentity(): Promise<boolean>;
  /** Null without an upstream branch. */
  upstream(): Promise<Upstream | null>;
  /** Files below these folders or at these paths with staged, unstaged or untracked edits, ascending. */
  edited(paths: readonly string[]): Promise<readonly string[]>;
  /** Files below these folders or at these paths that the index holds in conflict, ascending. */
  conflicted(paths: readonly string[]): Promise<readonly string[]>;
  /** What .gitattributes say of a path, by attribute; one that is not specified is missing. */
  attributes(path: string): Promise<ReadonlyMap<string, string>>;
  /** Would `git add` leave this path out? */
  ignored(path: string): Promise<boolean>;
  /** Every setting git sees here, in the order in which a later one wins. Keys are lower-cased as git lists them. */
  settings(): Promise<readonly Setting[]>;
  /** The npm setting that keeps a package's `prepare` from running: where it stands; null when it does run. */
  npmIgnoresScripts(): Promise<string | null>;
  /** Is there a program to start by this word: a path, or a name on PATH? Starts nothing. */
  hasProgram(word: string): Promise<boolean>;
  /** From this clone's own configuration only. */
  config(key: string): Promise<string | null>;
  /** In this clone's own configuration; null takes the key out. */
  setConfig(key: string, value: string | null): Promise<void>;
  /** Null when nothing is there. */
  readFile(path: string): Promise<CheckoutFile | null>;
  /** A new file is executable or not as asked; one that exists keeps its mode. Makes missing folders. */
  writeFile(path: string, text: string, executable: boolean): Promise<void>;
  /** With its folders up to and including `emptied`, as far as that leaves them empty. */
  removeFile(path: string, emptied?: string): Promise<void>;
}
