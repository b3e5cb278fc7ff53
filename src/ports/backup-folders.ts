import type { PresentFile } from '../core/backup/compare-files.js';

/** Folders of backups on disk. A path in one is relative to it and uses `/`. */
export interface BackupFolders {
  /** Makes a folder that must not be there yet (an empty one may), whole or not at all, durable; answers what `fill` does. Throws OUTPUT_EXISTS, FILE_FAILED. */
  build<Answer>(folder: string, fill: (place: string) => Promise<Answer>): Promise<Answer>;
  /** Everything below it, links not followed, ascending. Throws BAD_INPUT when there is no such folder. */
  list(folder: string): Promise<readonly PresentFile[]>;
  read(folder: string, path: string): Promise<Uint8Array>;
  /** A new file, with its folders. */
  write(folder: string, path: string, text: string | Uint8Array, options?: { executable: boolean }): Promise<void>;
  /** A folder in a work tree that git takes no notice of: a backup holds files that look like state. One that exists stays as it is. */
  makeIgnored(folder: string): Promise<void>;
  makeFolder(folder: string, path: string): Promise<void>;
  /** Byte for byte, over what is there; answers the SHA-256 of what was written. Refuses a link on the way to it with FILE_FAILED. */
  copy(from: string, folder: string, path: string): Promise<string>;
  /** Removes the files directly in a folder that is being built. */
  clear(folder: string, path: string): Promise<void>;
}

/** What stands beside git and goes into a backup. `from` is absolute, `restoreTo` relative to the top of the work tree. */
export type BackupSources = {
  readonly leveldb: { readonly from: string; readonly restoreTo: string } | null;
  readonly legacy: readonly { readonly from: string; readonly name: string; readonly restoreTo: string }[];
};
