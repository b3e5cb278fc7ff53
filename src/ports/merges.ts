import type { Unfinished } from './state-repository.js';

/** A file as a tree has it: mode as git writes it, blob oid. Null where it is absent. */
export type TreeFile = { readonly mode: string; readonly oid: string };

/** A state file on which two commits differ, and what it was at each of their merge bases. */
export type DivergedFile = {
  readonly path: string;
  readonly ours: TreeFile | null;
  readonly theirs: TreeFile | null;
  /** In the order of the bases that were asked for. */
  readonly bases: readonly (TreeFile | null)[];
};

/** What a merged tree holds at a path: an entry of one side, new bytes, or nothing. */
export type MergedEntry = TreeFile | { readonly mode: string; readonly bytes: Uint8Array } | null;

/** A state file that waits for a person: the index gets the three sides, the work tree this text (null: as git left it). */
export type WaitingEntry = {
  readonly base: MergedEntry;
  readonly ours: TreeFile | null;
  readonly theirs: TreeFile | null;
  readonly text: string | null;
};

/** Two commits and their best common ancestors. */
export type MergeSides = { readonly ours: string; readonly theirs: string; readonly bases: readonly string[] };

/**
 * Merging commits of a checkout. What state files become is decided outside; git merges everything else. Throws GIT_FAILED
 * and what each method names.
 */
export interface Merges {
  /** What a revision that resolves is called in messages: `branch 'release/0.9'`, `commit '1f2e3d4'`. */
  describe(revision: string): Promise<string>;
  /** Empty when the two have no common history. */
  mergeBases(a: string, b: string): Promise<readonly string[]>;
  /** Files in state roots of either side that differ between the two, ascending by path. */
  diverged(sides: MergeSides): Promise<readonly DivergedFile[]>;
  blobs(oids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * The merge commit of two commits with these state files in it, durable and on no branch; or the paths that git cannot
   * merge by itself.
   */
  commit(
    sides: MergeSides,
    files: ReadonlyMap<string, MergedEntry>,
    message: string,
  ): Promise<{ readonly commit: string } | { readonly conflicts: readonly string[] }>;
  /**
   * Moves the checked-out branch, index and work tree from one commit to a descendant, durably; `from` is null on an unborn
   * branch. Throws RACED when the branch is elsewhere, UNCOMMITTED_EDITS when it would overwrite something, BUSY,
   * DETACHED_HEAD, OPERATION_IN_PROGRESS.
   */
  fastForward(from: string | null, to: string): Promise<{ readonly recovered: readonly Unfinished[] }>;
  /**
   * Begins the merge in index and work tree and leaves it for a person: `settled` files as they come out, `waiting` ones
   * as conflicts. Throws as fastForward does.
   */
  leaveWaiting(
    sides: MergeSides,
    message: string,
    files: {
      readonly settled: ReadonlyMap<string, MergedEntry>;
      readonly waiting: ReadonlyMap<string, WaitingEntry>;
    },
  ): Promise<void>;
  close(): void;
}
