import type { Ref } from '../core/backup/manifest.js';
import type { StateRepository } from './state-repository.js';

/** The repository a bundle is made of. */
export interface BundleSource {
  /** Absolute: the top of the work tree. */
  readonly top: string;
  shallow(): Promise<boolean>;
  objectFormat(): Promise<'sha1' | 'sha256'>;
  /** Every ref and HEAD with all their history, into a new file. Throws GIT_FAILED. */
  create(file: string): Promise<void>;
}

/** What to check out of a bundle. */
export type BundleHead = {
  readonly commit: string;
  /** Full ref name, null for a detached HEAD. */
  readonly branch: string | null;
  readonly objectFormat: 'sha1' | 'sha256';
};

/** Bundles on their own, outside any repository. */
export interface Bundles {
  /** What it holds, ascending by name, `HEAD` included. Throws GIT_FAILED. */
  heads(file: string): Promise<readonly Ref[]>;
  /**
   * A repository with every ref of the bundle and `head` checked out, in a folder that is empty; `git bundle verify` and
   * `git fsck` have passed. Throws GIT_FAILED.
   */
  restore(file: string, folder: string, head: BundleHead): Promise<void>;
  /** Every ref of such a repository, ascending by name. */
  refs(folder: string): Promise<readonly Ref[]>;
  /** Opens it. Close it in the end. */
  open(folder: string): Promise<StateRepository>;
  /** Hands out an empty folder that is removed afterwards. */
  scratch<Answer>(use: (folder: string) => Promise<Answer>): Promise<Answer>;
}
