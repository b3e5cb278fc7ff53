/**
 * What stands here for a command name of the design documents. `runs`: commands of this program, one after the other, the
 * first failure ends it; `{network}` is the value of `--network`, `{leveldb=leveldb/}` has a default. `already`: nothing is
 * left to do, it is so in every repository. `not`: why it does not apply, and what to do `instead`.
 */
export type Answer =
  | { readonly runs: readonly string[]; readonly note?: string }
  | { readonly already: string }
  | { readonly not: string; readonly instead: string };

/** Names of one subject, in the order in which the page shows them. */
export type Topic = { readonly title: string; readonly answers: Readonly<Record<string, Answer>> };
