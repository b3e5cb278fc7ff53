/** Branches as refs, by full ref name. */
export interface Branches {
  /** Full names of the refs of branches below a folder, here and of every remote, ascending: `state/migrate-*`. */
  list(pattern: string): Promise<readonly string[]>;
  /**
   * Takes a branch away that is at this commit, durably; nothing where there is none. Throws BRANCH_CHECKED_OUT when a worktree is
   * on it, RACED when it is elsewhere, BUSY, GIT_FAILED.
   */
  remove(ref: string, commit: string): Promise<void>;
}
