import type { StateFile } from './state-repository.js';

/** One side of a file in conflict, as an entry of the index. */
export type UnmergedSide = { readonly mode: string; readonly oid: string; readonly bytes: Uint8Array };

/** A state file that the index holds in conflict: stages 1 to 3, null where a side has no such file. */
export type UnmergedFile = {
  /** The state root it belongs to. */
  readonly root: string;
  readonly path: string;
  readonly base: UnmergedSide | null;
  readonly ours: UnmergedSide | null;
  readonly theirs: UnmergedSide | null;
  /** Null when the work tree has no such file. */
  readonly worktree: StateFile | null;
};

/** Which version a side is: its commit, where one is known, and what to call it. */
export type OperationSide = { readonly commit: string | null; readonly name: string };

/** What left the conflicts; kind null when nothing git remembers did. In a rebase ours is upstream, as git has it. */
export type Operation = {
  readonly kind: 'merge' | 'rebase' | 'am' | 'cherry-pick' | 'revert' | 'stash' | null;
  readonly ours: OperationSide;
  readonly theirs: OperationSide;
};

/** `settle`: the file becomes these bytes (null: none) and is staged. `amend`: it stays in conflict with another base. */
export type Settlement =
  | { readonly kind: 'settle'; readonly file: UnmergedFile; readonly bytes: Uint8Array | null }
  | {
      readonly kind: 'amend';
      readonly file: UnmergedFile;
      readonly base: Uint8Array | null;
      readonly text: string | null;
    };

/** Conflicts that wait in index and work tree, whatever left them there. */
export interface Unmerged {
  operation(unmerged: readonly UnmergedFile[]): Promise<Operation>;
  /** Of every state root, ascending by path; `others` are the paths in conflict that are no state. Throws GIT_FAILED. */
  unmerged(): Promise<{ readonly state: readonly UnmergedFile[]; readonly others: readonly string[] }>;
  /**
   * Work tree first, then the index in one step: killed in between, the index still holds the conflict, so nothing can be
   * committed, and the same call finds its own text and goes on. The other way round a commit could be made while the
   * work tree still says something else. No other path is touched. Throws RACED when a file or its entries changed since
   * they were read, BUSY, FILE_FAILED, GIT_FAILED.
   */
  write(settlements: readonly Settlement[]): Promise<void>;
  close(): void;
}
