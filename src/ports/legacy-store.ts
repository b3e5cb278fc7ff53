import type { LegacyEntry } from '../core/legacy/entry.js';

/** A key-value store in a folder, as deploy scripts of old left it. One contract suite, in `test/leveldb`. */
export interface LegacyStore {
  /**
   * Every entry, ascending by key bytes. The folder is not changed in any way, not even its lock file.
   * Throws LEVELDB_NOT_FOUND, LEVELDB_INVALID, LEVELDB_LOCKED, LEVELDB_READ_ERROR. That it does not throw proves
   * that the store could be opened, not that it is undamaged.
   */
  read(folder: string, seen?: (entries: number) => void): Promise<readonly LegacyEntry[]>;
  /**
   * Makes a new store with exactly these entries, whole or not at all. Throws OUTPUT_EXISTS when something is there
   * already (an empty folder is not something), LEVELDB_WRITE_ERROR.
   */
  write(folder: string, entries: Iterable<LegacyEntry>): Promise<void>;
}
