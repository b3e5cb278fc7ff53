/** One file of a source that is imported. */
export type SourceFile = {
  /** Its own name, without folders. */
  readonly name: string;
  /** As the user would name it from where they are. */
  readonly path: string;
  readonly bytes: Uint8Array;
};

/** The files of a source, as other tools left them. One contract suite, in `test/files`. */
export interface SourceFiles {
  /**
   * The file of this path, or of a folder every `.json` file directly in it, ascending by name; files whose names begin
   * with a dot apart. Nothing is followed out of the folder, nothing is changed, at most 64 MiB are read.
   * `wanted` says by its name which files of a folder are meant; the others are not opened. It is asked of every name, also
   * of those that are no `.json` file, in ascending order. Throws BAD_INPUT.
   */
  read(path: string, wanted?: (name: string) => boolean): Promise<readonly SourceFile[]>;
}
