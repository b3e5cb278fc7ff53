import { diffSnapshots, type NetworkChange } from '../core/diff/diff.js';
import type { Finding } from '../core/finding.js';
import { compareFindings } from '../core/finding.js';
import type { NetworkFile } from '../core/model/network-file.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Place, StateRepository } from '../ports/state-repository.js';
import { parseRange } from './range.js';
import { snapshotAt } from './read-snapshot.js';
import { refusalFinding } from './refusal-finding.js';

export type Diffed = {
  /** A full oid; `worktree` or `index`; null before the first commit. */
  readonly base: string | null;
  readonly head: string | null;
  readonly networks: readonly NetworkChange[];
  /** A file that cannot be read on either side is compared with nothing, and is an error. */
  readonly findings: readonly Finding[];
  /** The network files of the head, by network. */
  readonly after: ReadonlyMap<string, NetworkFile>;
};

/** The semantic changes of a range (`parseRange`), default HEAD against the work tree. Throws UNKNOWN_REVISION, BAD_USAGE. */
export async function diffRange(repository: StateRepository, range: string | undefined): Promise<Diffed> {
  const { base, head } = await parseRange(repository, range);
  const before = await snapshotAt(repository, base);
  const after = await snapshotAt(repository, head);
  const refused = new Set([...before.refused, ...after.refused].map(({ network }) => network));
  return {
    base: placeName(base),
    head: placeName(head),
    networks: diffSnapshots(without(before, refused), without(after, refused)),
    findings: [...findingsOf(before, base), ...findingsOf(after, head)].sort(compareFindings),
    after: after.networks,
  };
}

function without(snapshot: Snapshot, networks: ReadonlySet<string>): Snapshot {
  return { ...snapshot, networks: new Map([...snapshot.networks].filter(([network]) => !networks.has(network))) };
}

function findingsOf(snapshot: Snapshot, place: Place | null): Finding[] {
  return snapshot.refused.map(({ path, refusal }) => {
    const finding = refusalFinding(path, refusal);
    const commit = place !== null && typeof place === 'object' ? place.commit : null;
    return commit === null ? finding : { ...finding, message: `in ${commit.slice(0, 7)}: ${finding.message}` };
  });
}

function placeName(place: Place | null): string | null {
  return place === null || typeof place === 'string' ? place : place.commit;
}
