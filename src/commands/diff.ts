import { diffSnapshots, type NetworkChange } from '../core/diff/diff.js';
import { markKnownAddresses } from '../core/diff/known-addresses.js';
import { findRenames } from '../core/diff/renames.js';
import { compareFindings, type Finding } from '../core/finding.js';
import type { NetworkFile } from '../core/model/network-file.js';
import type { Snapshot } from '../core/snapshot.js';
import type { Place, StateRepository } from '../ports/state-repository.js';
import { comparedFiles } from './compared-files.js';
import { concernsOthers, type OtherNetworks, otherNetworks } from './other-networks.js';
import { parseRange, type RangeRequest } from './range.js';
import { refusalFinding } from './refusal-finding.js';

export type DiffRequest = RangeRequest & {
  /** Ask every unchanged network, however many there are. */
  readonly allNetworks?: boolean;
};

export type Diffed = {
  /** A full oid; `worktree` or `index`; null before the first commit. */
  readonly base: string | null;
  readonly head: string | null;
  readonly networks: readonly NetworkChange[];
  /** A changed file that cannot be read on either side is compared with nothing, and is an error. */
  readonly findings: readonly Finding[];
  /** The network files of the head that were read, by network: the changed ones, and of the others what was asked. */
  readonly after: ReadonlyMap<string, NetworkFile>;
  /** How many unchanged networks were asked about the change, and how many there are; null when none had to be. */
  readonly others: Pick<OtherNetworks, 'read' | 'of'> | null;
  /** Network files at the head, unreadable ones included. */
  readonly total: number;
};

/**
 * The semantic changes between two places (`parseRange`), default HEAD against the work tree. Files that are the same on
 * both sides are not read, but for what they say about the change. Throws UNKNOWN_REVISION, BAD_USAGE.
 */
export async function diffRange(repository: StateRepository, request: DiffRequest = {}): Promise<Diffed> {
  const { base, head } = await parseRange(repository, request);
  const { before, after, same } = await comparedFiles(repository, base, head);
  const refused = new Set([...before.refused, ...after.refused].map(({ network }) => network));
  const sides = [without(before, refused), without(after, refused)] as const;
  const renames = findRenames(...sides);
  const alone = diffSnapshots(...sides, renames);
  const others = concernsOthers(alone)
    ? await otherNetworks(repository, head, same, { all: request.allNetworks === true })
    : null;
  const [old, now] = sides.map((side) => withFiles(side, others?.files ?? new Map()));
  return {
    base: placeName(base),
    head: placeName(head),
    networks: others === null || old === undefined || now === undefined ? alone : markKnownAddresses(alone, old, now),
    findings: [...findingsOf(before, base), ...findingsOf(after, head)].sort(compareFindings),
    after: new Map([...after.networks, ...(others?.files ?? [])]),
    others: others === null ? null : { read: others.read, of: others.of },
    total: same.length + after.networks.size + after.refused.length,
  };
}

function without(snapshot: Snapshot, networks: ReadonlySet<string>): Snapshot {
  return { ...snapshot, networks: new Map([...snapshot.networks].filter(([network]) => !networks.has(network))) };
}

/** The unchanged files stand on both sides, as the same objects. */
function withFiles(snapshot: Snapshot, files: ReadonlyMap<string, NetworkFile>): Snapshot {
  return { ...snapshot, networks: new Map([...snapshot.networks, ...files]) };
}

function findingsOf(snapshot: Snapshot, place: Place | null): Finding[] {
  return snapshot.refused.map(({ path, refusal }) => {
    const finding = refusalFinding(path, refusal);
    const name = placeName(place);
    const commit = name === null || typeof place === 'string' ? name : name.slice(0, 7);
    return commit === null || commit === 'worktree'
      ? finding
      : { ...finding, message: `in ${commit}: ${finding.message}` };
  });
}

function placeName(place: Place | null): string | null {
  return place === null || typeof place === 'string' ? place : place.commit;
}
