/** Where files go that other tools read. */
export interface FolderWriter {
  /**
   * Makes a folder with exactly these files (name to text), whole or not at all. Throws OUTPUT_EXISTS when something is there
   * already (an empty folder is not something), JSON_WRITE_ERROR.
   */
  write(folder: string, files: ReadonlyMap<string, string>): Promise<void>;
}
