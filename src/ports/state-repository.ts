/** A file of a state root at some place. Paths are relative to the repository root and use `/`. */
export type StateFile = {
  readonly path: string;
  /** As git writes it: 100644, 100755, 120000, 160000. */
  readonly mode: string;
  readonly bytes: Uint8Array;
};

/** Where a tree is read: what is on disk, what is staged, or a commit (full oid). */
export type Place = 'worktree' | 'index' | { readonly commit: string };

/**
 * The state files of one state root at one place: `stateroot.config.json`, everything directly in
 * `deployments/unified` and `deployments/quarantine`, `deployments/policy.json`, `deployments/allowed_signers`.
 */
export interface StateTree {
  /** The commit it was read from; null for work tree, index and an unborn branch. */
  readonly commit: string | null;
  /** All paths, ascending. */
  paths(): Promise<readonly string[]>;
  /**
   * The files that exist among `paths`, in that order. Of a commit, a file that equals the one of its path in `known` is
   * that very object and is not read.
   */
  read(paths: readonly string[], known?: ReadonlyMap<string, StateFile>): Promise<readonly StateFile[]>;
  /** What is no state and lies in the folder of the network files, at any depth, but for hidden files; ascending. */
  strays(): Promise<readonly string[]>;
  /** The manifests of OpenZeppelin's upgrades plugin (`.openzeppelin/*.json`), by path ascending; `known` as for `read`. */
  manifests(known?: ReadonlyMap<string, StateFile>): Promise<readonly StateFile[]>;
}

export type Head = {
  /** Full ref name, null when HEAD is detached. */
  readonly branch: string | null;
  /** Null on an unborn branch. */
  readonly commit: string | null;
};

export type FileChange = {
  readonly path: string;
  /** Blob oids; null where the file is absent on that side. */
  readonly before: string | null;
  readonly after: string | null;
};

export type HistoryEntry = {
  readonly oid: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly email: string;
  /** Author time, ms since 1970. */
  readonly time: number;
  readonly message: string;
  /** State files that changed, against each parent in order; against nothing for a root commit. */
  readonly changes: readonly (readonly FileChange[])[];
};

/** Where a write goes. `branch` is never the checked-out one; `create` says it must not exist yet. */
export type WriteTarget =
  | { readonly kind: 'head'; readonly allowDetached: boolean }
  | { readonly kind: 'branch'; readonly ref: string; readonly create: boolean };

/** One commit to be: path → whole text, null removes the file. Without files it has the tree of the one before. */
export type CommitPlan = {
  readonly files: ReadonlyMap<string, string | null>;
  readonly message: string;
};

/** Oldest first. One at a time, each is stored when it comes and then forgotten: a large import need not stand in memory. */
export type CommitPlans = readonly CommitPlan[] | AsyncIterable<CommitPlan>;

export type WriteIntent = {
  /** For the journal, the lock and messages: `put bsctestnet`. */
  readonly operation: string;
  readonly target: WriteTarget;
  /**
   * Reads at the base and says what to commit; empty = nothing to do. Runs under the lock,
   * and again on a new base when the ref moved meanwhile; must not have effects. What it throws undoes nothing,
   * because nothing was written yet: of plans that come one at a time, nothing that anything names.
   */
  plan(base: StateTree): Promise<CommitPlans>;
  /** Check the preconditions and plan, then stop: nothing is written, no lock is taken. */
  readonly dryRun?: boolean;
};

export type Written = {
  /** Oids of the commits, oldest first; empty when there was nothing to do or on a dry run. */
  readonly commits: readonly string[];
  /** The ref that holds them (full name; HEAD when detached). */
  readonly ref: string;
  /** What a dead process had left and was finished or undone first. */
  readonly recovered: readonly Unfinished[];
};

/** A write whose process died before it was acknowledged. */
export type Unfinished = {
  readonly id: string;
  readonly operation: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly pid: number;
  readonly host: string;
  readonly state: 'running' | 'finished' | 'undone' | 'undecided';
  readonly ref: string | null;
  readonly commit: string | null;
  readonly paths: readonly string[];
  /** Why it is undecided. */
  readonly reason?: string;
};

/**
 * The Git repository as this tool sees it: texts and oids in, texts and oids out. Every method throws
 * StateManagerError for what it refuses. One contract suite: `test/ports/state-repository-suite.ts`.
 */
export interface StateRepository {
  /** The state root, relative to the repository root: `''` or `packages/contracts`. */
  readonly root: string;
  /** The same repository seen from another state root (`''` or a folder); shares everything, is not closed on its own. */
  forRoot(root: string): StateRepository;
  head(): Promise<Head>;
  /** Any commit, tag or date (`2025-08-13`, ISO 8601) → full commit oid. Throws UNKNOWN_REVISION. */
  resolve(revision: string): Promise<string>;
  /** Null when the two have no common ancestor. */
  mergeBase(a: string, b: string): Promise<string | null>;
  at(place: Place): Promise<StateTree>;
  /**
   * Every path of the tree at a place, ascending, with the oid of its blob where git knows it without a look at the
   * content; null where only reading tells. Two places whose oids are equal hold the same file. Throws CONFLICT for an index
   * that holds one.
   */
  oids(place: Place): Promise<ReadonlyMap<string, string | null>>;
  /** Every state root at a place, ascending; the repository root counts when it holds state or nothing else does. */
  roots(place: Place): Promise<readonly string[]>;
  /** Blobs by oid, in one round. Throws GIT_FAILED when one is missing. */
  blobs(oids: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /**
   * Commits reachable from `from` that changed one of `paths`, newest first (topological), with their changes to these
   * paths. A path is a file or a folder with all below it. Simplified as git does: a merge is listed only when it
   * differs from every parent, and a side that a merge did not take is not walked.
   */
  history(query: {
    readonly from: string;
    readonly paths: readonly string[];
    readonly limit?: number;
  }): Promise<readonly HistoryEntry[]>;
  /** One commit with its changes to state files; `changes` as in history. */
  commit(oid: string): Promise<HistoryEntry>;
  write(intent: WriteIntent): Promise<Written>;
  /** Writes files of the work tree atomically, one by one, commits nothing (`fmt`, `seal`). */
  replaceInWorktree(files: ReadonlyMap<string, string>): Promise<void>;
  /** What dead or running processes have left. */
  unfinished(): Promise<readonly Unfinished[]>;
  /** Decides what an automatic recovery could not. */
  recover(decision: 'finish' | 'undo' | 'auto'): Promise<readonly Unfinished[]>;
  /** Removes the lock `id` of another host or namespace. Throws NOT_FOUND, or BUSY while its process lives here. */
  unlock(id: string): Promise<void>;
  close(): Promise<void>;
}
