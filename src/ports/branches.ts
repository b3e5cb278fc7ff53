/** Branches as refs, by full ref name. */
export interface Branches {
  /**
   * Takes a branch away that is at this commit, durably; nothing where there is none. Throws BRANCH_CHECKED_OUT when a worktree is
   * on it, RACED when it is elsewhere, BUSY, GIT_FAILED.
   */
  remove(ref: string, commit: string): Promise<void>;
}
