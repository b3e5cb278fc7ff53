import type { Json } from '../core/json.js';

/** What git hands a merge driver, and what it says besides. Files are named as git does, from the top of the work tree. */
export interface MergeFiles {
  /** The whole file, null when there is none. Throws FILE_FAILED. */
  read(file: string): Promise<Uint8Array | null>;
  /** Replaces the file whole: a driver that dies leaves it as it was. Throws FILE_FAILED. */
  replace(file: string, bytes: Uint8Array): Promise<void>;
  /** The commit that is merged into HEAD, where git says so: only `git merge` does, of one other commit. */
  merged(): string | null;
  /** Keeps what is open in a state file, for programs; null when nothing is. Throws FILE_FAILED. */
  report(path: string, conflicts: Json | null): Promise<void>;
}
