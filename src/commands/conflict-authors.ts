import type { Conflict } from '../core/merge/conflict.js';

/** The commit of one side that last changed what is in conflict. */
export type ConflictAuthor = {
  readonly commit: string;
  readonly author: string;
  /** Author time, ms since 1970. */
  readonly time: number;
};

/** Who changed what is in conflict; null where no commit of that side did. */
export type ConflictAuthors = { readonly ours: ConflictAuthor | null; readonly theirs: ConflictAuthor | null };

/** The authors by conflict, the very objects that were asked about. */
export type AuthorsByConflict = ReadonlyMap<Conflict, ConflictAuthors>;
