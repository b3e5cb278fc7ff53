import type { StateFile } from './state-repository.js';

/** What is judged: the commit that the index would make, or commits that are pushed or reviewed. */
export type Scope = 'index' | CommitScope;

/** The commits reachable from `tips` and from nothing that is known. Full oids. */
export type CommitScope = {
  readonly tips: readonly string[];
  readonly known: {
    /** Every ref of this repository: what the receiving side of a push has. */
    readonly everyRef?: boolean;
    /** The remote-tracking branches of this remote. */
    readonly remote?: string;
    /** Further commits; one that is not in this repository is no boundary. */
    readonly commits?: readonly string[];
  };
};

/** A state file that a commit changes against every parent, or the index against HEAD. */
export type ChangedFile = {
  /** The state root it belongs to. */
  readonly root: string;
  readonly path: string;
  /** Null when it is removed. */
  readonly after: StateFile | null;
  /** One for each parent, null where the file is absent; one null for a root commit. */
  readonly before: readonly (StateFile | null)[];
};

export type StateChange = {
  /** Null for the index. */
  readonly commit: string | null;
  readonly files: readonly ChangedFile[];
};

/**
 * What hooks ask, of a repository with or without a work tree: only changed state files are read, however many there
 * are. When a folder becomes a state root, all of its files count as changed; what takes the place of a state file or
 * folder counts as a state file.
 */
export interface StateChanges {
  /** Parents before children, commits that change no state left out. It, or the iteration, throws GIT_FAILED, for an unknown tip too. */
  changes(scope: Scope): AsyncIterable<StateChange>;
  close(): void;
}
