import type { CommittedMerge } from '../core/merge/blend.js';

/** A commit with several parents, and the state files in which it differs from one of them. */
export type MergeCommit = {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly files: readonly CommittedMerge[];
};

/** Revisions as they are typed: the merges that `to` has and `from` has not, or one merge commit. */
export type MergeScope = { readonly from: string; readonly to: string } | { readonly only: string };

/** Merge commits, of a repository with or without a work tree. */
export interface MergeCommits {
  /**
   * Parents before children; of files only those in state roots. Throws UNKNOWN_REVISION, BAD_USAGE when `only` is no
   * merge, and GIT_FAILED, also where a shallow history does not say what was merged.
   */
  merges(scope: MergeScope): AsyncIterable<MergeCommit>;
  close(): void;
}
