import { networkOfPath } from '../core/layout.js';
import { type NetworkFile, type ParsedNetworkFile, parseNetworkFile } from '../core/model/network-file.js';
import type { Refusal } from '../core/text/read.js';
import type { FileChange, HistoryEntry, StateRepository } from '../ports/state-repository.js';

/** One network file that a commit changed; null where it is not there. */
export type VersionChange = {
  readonly network: string;
  readonly path: string;
  /** One per parent (a merge has several, a root commit one null). */
  readonly befores: readonly (NetworkFile | null)[];
  readonly after: NetworkFile | null;
};

/** A commit with the network files that it changed against every parent. */
export type NetworkHistoryEntry = {
  readonly entry: HistoryEntry;
  readonly versions: readonly VersionChange[];
  /** Versions this commit made that cannot be read; they are compared with nothing. */
  readonly refused: readonly { readonly path: string; readonly refusal: Refusal }[];
};

const batch = 64;

/**
 * Walks the network files among `paths` (files or folders) from a commit, newest first. A version that cannot be read
 * is stepped over: the next one is compared with the last that could be.
 */
export async function* networkHistory(
  repository: StateRepository,
  query: { readonly from: string; readonly paths: readonly string[] },
): AsyncGenerator<NetworkHistoryEntry> {
  const entries = await repository.history(query);
  for (let start = 0; start < entries.length; start += batch) {
    const slice = entries.slice(start, start + batch);
    const versions = await readVersions(repository, slice.flatMap(oidsOf));
    for (const [i, entry] of slice.entries())
      yield await compared(repository, entry, entries.slice(start + i + 1), versions);
  }
}

type Versions = Map<string, ParsedNetworkFile>;

async function compared(
  repository: StateRepository,
  entry: HistoryEntry,
  older: readonly HistoryEntry[],
  versions: Versions,
): Promise<NetworkHistoryEntry> {
  const changed: VersionChange[] = [];
  const refused: { path: string; refusal: Refusal }[] = [];
  for (const { path, network, after } of changedByAll(entry)) {
    const now = parsedVersion(versions, after);
    if (now?.ok === false) {
      refused.push({ path, refusal: now.refusal });
      continue;
    }
    const befores: (NetworkFile | null)[] = [];
    for (const changes of entry.changes) {
      const before = changes.find((change) => change.path === path)?.before ?? null;
      befores.push(await readableBefore(repository, before, path, older, versions));
    }
    changed.push({ network, path, befores, after: now?.file ?? null });
  }
  return { entry, versions: changed, refused };
}

/** A path that equals one parent's was not changed by this commit. */
function changedByAll(entry: HistoryEntry): { path: string; network: string; after: string | null }[] {
  const [first = [], ...others] = entry.changes;
  return first
    .filter(({ path }) => others.every((changes) => changes.some((change) => change.path === path)))
    .flatMap(({ path, after }) => {
      const network = networkOfPath(path)?.network;
      return network === undefined ? [] : [{ path, network, after }];
    });
}

async function readableBefore(
  repository: StateRepository,
  oid: string | null,
  path: string,
  older: readonly HistoryEntry[],
  versions: Versions,
): Promise<NetworkFile | null> {
  let wanted = oid;
  for (const entry of older) {
    const version = parsedVersion(versions, wanted);
    if (version?.ok !== false) break;
    const made = entry.changes.flat().find((change) => change.path === path && change.after === wanted);
    if (made === undefined) continue;
    wanted = made.before;
    if (wanted !== null && !versions.has(wanted)) {
      for (const [key, value] of await readVersions(repository, [wanted])) versions.set(key, value);
    }
  }
  const version = parsedVersion(versions, wanted);
  return version?.ok === true ? version.file : null;
}

function parsedVersion(versions: Versions, oid: string | null): ParsedNetworkFile | null {
  return oid === null ? null : (versions.get(oid) ?? null);
}

async function readVersions(repository: StateRepository, oids: readonly string[]): Promise<Versions> {
  const blobs = await repository.blobs([...new Set(oids)]);
  return new Map([...blobs].map(([oid, bytes]) => [oid, parseNetworkFile(bytes)]));
}

function oidsOf(entry: HistoryEntry): string[] {
  const sides = ({ before, after }: FileChange) => [before, after].filter((oid) => oid !== null);
  return entry.changes
    .flat()
    .filter(({ path }) => networkOfPath(path) !== null)
    .flatMap(sides);
}
