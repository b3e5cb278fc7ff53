import type { Json } from '../json.js';

/** Two changes of one value that cannot both stand; absent where the value is not there on that side. */
export type ValueConflict = {
  readonly path: string;
  readonly base?: Json;
  readonly ours?: Json;
  readonly theirs?: Json;
};

/**
 * A conflict with its place (CONTRACT §5): `path` is a field of the contract, or with `contract` null a pointer into the
 * file, `''` for the whole of it. `network` is the path of a file that is no network file.
 */
export type Conflict = ValueConflict & {
  readonly network: string;
  readonly contract: string | null;
  /** What is wrong where the three values do not say it: a side that is invalid, a result that would be. */
  readonly reason?: string;
};

export function valueConflict(
  path: string,
  base: Json | undefined,
  ours: Json | undefined,
  theirs: Json | undefined,
): ValueConflict {
  return {
    path,
    ...(base === undefined ? {} : { base }),
    ...(ours === undefined ? {} : { ours }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}
