import type { Tag } from '../../ports/tags.js';

/** A tag that names a commit of the state. */
export type StateSnapshot = {
  /** The tag: `state-snapshot/20261121T091500Z-1f2e3d4`. */
  readonly id: string;
  /** Full oid. */
  readonly commit: string;
  readonly timestamp: Date;
};

export const snapshotFolder = 'state-snapshot';

/** Named by time and commit: two of one second and one commit are the same. */
export function snapshotName(time: Date, commit: string): string {
  const second = time.toISOString().replace(/\.\d+Z$/, 'Z');
  return `${snapshotFolder}/${second.replaceAll(/[-:]/g, '')}-${commit.slice(0, 7)}`;
}

export function snapshotOf({ name, commit, time }: Tag): StateSnapshot {
  return { id: name, commit, timestamp: new Date(time) };
}
