import type { LegacyEntry } from '../core/legacy/entry.js';
import type { SupersededEntry } from '../core/legacy/recover-fields.js';
import type { StoreProblem } from '../core/leveldb/store-problem.js';

/** What the files of a store hold, whole. */
export type StoreContent = {
  /** Ascending by key bytes. */
  readonly entries: readonly LegacyEntry[];
  /** Older versions that the files still hold; newest first within a key, ascending by key. */
  readonly superseded: readonly SupersededEntry[];
  /**
   * What is not as it should be and takes nothing whole from the entries: a last write that is there in part only (LevelDB drops
   * it too), damage in files no longer used.
   */
  readonly warnings: readonly StoreProblem[];
};

/** A key-value store in a folder, as deploy scripts of old left it. One contract suite, in `test/leveldb`. */
export interface LegacyStore {
  /** The entries of `examine`. */
  read(folder: string, seen?: (entries: number) => void): Promise<readonly LegacyEntry[]>;
  /**
   * Everything in it. The folder is not changed in any way, not even its lock file. An answer is complete: every CRC was
   * checked, and damage that can have taken an entry is LEVELDB_READ_ERROR, with counts.
   * Throws LEVELDB_NOT_FOUND, LEVELDB_INVALID, LEVELDB_LOCKED, LEVELDB_READ_ERROR.
   */
  examine(folder: string, seen?: (entries: number) => void): Promise<StoreContent>;
  /**
   * Makes a new store with exactly these entries, whole or not at all. Throws OUTPUT_EXISTS when something is there
   * already (an empty folder is not something), LEVELDB_WRITE_ERROR.
   */
  write(folder: string, entries: Iterable<LegacyEntry>): Promise<void>;
}
