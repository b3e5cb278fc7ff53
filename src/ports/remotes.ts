/** The branch of a remote that the checked-out branch goes to. Full ref names. */
export type RemoteBranch = {
  readonly remote: string;
  /** There: `refs/heads/main`. */
  readonly branch: string;
  /** What this clone last saw of it: `refs/remotes/origin/main`. */
  readonly tracking: string;
};

/** What became of a push. `unknown`: the connection went before the answer, and only a fetch can tell. */
export type PushOutcome = { readonly kind: 'pushed' } | { readonly kind: 'raced' | 'unknown'; readonly reason: string };

/** Exchange with other clones, through git's own transports and credentials. */
export interface Remotes {
  /** Of this clone, ascending. */
  names(): Promise<readonly string[]>;
  /** Upstream of the checked-out branch, or its namesake on `remote`. Throws BAD_INPUT, DETACHED_HEAD. */
  branchOf(remote: string | undefined): Promise<RemoteBranch>;
  /** The commit that the remote branch is at now, null when it does not exist. Throws GIT_FAILED. */
  fetch(branch: RemoteBranch): Promise<string | null>;
  /**
   * Moves the remote branch to a commit if it is still at `expected` (null: if it does not exist). Throws PUSH_REFUSED when
   * the other side says no, HOOK_REFUSED when a pre-push hook here does.
   */
  push(branch: RemoteBranch, commit: string, expected: string | null): Promise<PushOutcome>;
  /** After the n-th race: longer each time, and never the same for two who race each other. */
  pause(attempt: number): Promise<void>;
  isAncestor(ancestor: string, commit: string): Promise<boolean>;
  /** Commits of `commit` that are not in `known` (null: all), merges counted apart. */
  count(known: string | null, commit: string): Promise<{ readonly commits: number; readonly merges: number }>;
}
