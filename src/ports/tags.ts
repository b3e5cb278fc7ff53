export type Tag = {
  /** Without `refs/tags/`. */
  readonly name: string;
  /** The commit it names, also through another tag. */
  readonly commit: string;
  /** When it was made, ms since 1970. */
  readonly time: number;
};

/** Tags of the repository. Every method throws GIT_FAILED for what went wrong. */
export interface Tags {
  /** An annotated tag, durable; nothing where it is there at this commit. Throws CONFLICT where it is at another one. */
  create(name: string, commit: string, message: string): Promise<void>;
  /** Those below a folder of names, ascending. */
  list(folder: string): Promise<readonly Tag[]>;
}
