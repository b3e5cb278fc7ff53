import type { Conflict } from './conflict.js';

/** A state file of three sides, its whole bytes; null where it is absent. */
export type ThreeTexts = {
  readonly base: Uint8Array | null;
  readonly ours: Uint8Array | null;
  readonly theirs: Uint8Array | null;
};

export type MergedFile = {
  /** The merged file, null when there is none. With conflicts: the file as ours decides them. */
  readonly bytes: Uint8Array | null;
  readonly conflicts: readonly Conflict[];
  /** With conflicts: the merged text with both sides of each, never JSON, so that nothing takes it for state. */
  readonly marked: string | null;
  /** The base that comes out the same without the choices made; null when there is none to write. */
  readonly settledBase: Uint8Array | null;
};

/** What a conflict is marked with: names of the sides, and how many characters a marker has (git's `%L`). */
export type Marking = { readonly ours: string; readonly theirs: string; readonly size: number };

export const plainMarking: Marking = { ours: 'ours', theirs: 'theirs', size: 7 };
