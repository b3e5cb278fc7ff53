import { networkOfPath } from '../core/layout.js';
import { joinSnapshots, readSnapshot, type Snapshot } from '../core/snapshot.js';
import type { Place, StateFile, StateRepository } from '../ports/state-repository.js';

/** The network files of two places as far as they differ; what is the same on both sides is not read. */
export type ComparedFiles = {
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** The files that are the same on both sides, ascending by path. */
  readonly same: readonly KnownFile[];
};

/** A network file and its blob, null where only reading tells. */
export type KnownFile = { readonly path: string; readonly network: string; readonly oid: string | null };

/** Files read at a time. */
const batch = 64;

/** Compares by oid first: the time depends on what changed, not on how much there is. Null is before the first commit. */
export async function comparedFiles(
  repository: StateRepository,
  base: Place | null,
  head: Place | null,
): Promise<ComparedFiles> {
  const [old = null, now = null] = await Promise.all([base, head].map((place) => networkFilesAt(repository, place)));
  const oldOids = new Map((old ?? []).map(({ path, oid }) => [path, oid]));
  const isSame = ({ path, oid }: KnownFile) => oid !== null && oldOids.get(path) === oid;
  const same = new Set((now ?? []).filter(isSame).map(({ path }) => path));
  const paths = new Set([...(old ?? []), ...(now ?? [])].map(({ path }) => path).filter((path) => !same.has(path)));
  const parts: ReadPart[] = [];
  for (const wanted of batchesOf([...paths])) {
    const among = (files: readonly KnownFile[] | null) => (files ?? []).filter(({ path }) => wanted.has(path));
    const sides = [readFiles(repository, base, among(old)), readFiles(repository, head, among(now))] as const;
    parts.push(readPart(await Promise.all(sides), repository.root));
  }
  for (const path of parts.flatMap(({ twins }) => twins)) same.add(path);
  return {
    before: joinSnapshots(parts.map(({ before }) => before)),
    after: joinSnapshots(parts.map(({ after }) => after)),
    same: (now ?? []).filter(({ path }) => same.has(path)),
  };
}

type ReadPart = Pick<ComparedFiles, 'before' | 'after'> & { readonly twins: readonly string[] };

/** The bytes of all files of two sides at once would weigh as much as what is made of them. */
function batchesOf(paths: readonly string[]): Set<string>[] {
  const starts = Array.from({ length: Math.ceil(paths.length / batch) }, (_, i) => i * batch);
  return starts.map((start) => new Set(paths.slice(start, start + batch)));
}

function readPart([before, after]: readonly [readonly StateFile[], readonly StateFile[]], root: string): ReadPart {
  const texts = new Map(before.map(({ path, bytes }) => [path, bytes]));
  const twins = new Set(after.filter(({ path, bytes }) => equalBytes(texts.get(path), bytes)).map(({ path }) => path));
  const differing = (files: readonly StateFile[]) => files.filter(({ path }) => !twins.has(path));
  return {
    before: readSnapshot(differing(before), root),
    after: readSnapshot(differing(after), root),
    twins: [...twins],
  };
}

/** The files of a place, by blob where it is known. */
export async function readFiles(
  repository: StateRepository,
  place: Place | null,
  files: readonly KnownFile[],
): Promise<readonly StateFile[]> {
  const oids = files.flatMap(({ oid }) => oid ?? []);
  const unknown = files.filter(({ oid }) => oid === null).map(({ path }) => path);
  const [blobs, read] = await Promise.all([
    oids.length === 0 ? new Map<string, Uint8Array>() : repository.blobs(oids),
    unknown.length === 0 || place === null ? [] : (await repository.at(place)).read(unknown),
  ]);
  const known = files.flatMap(({ path, oid }): StateFile[] => {
    const bytes = oid === null ? undefined : blobs.get(oid);
    return bytes === undefined ? [] : [{ path, mode: '100644', bytes }];
  });
  return [...known, ...read];
}

async function networkFilesAt(repository: StateRepository, place: Place | null): Promise<KnownFile[]> {
  if (place === null) return [];
  return [...(await repository.oids(place))].flatMap(([path, oid]) => {
    const file = networkOfPath(path);
    return file?.root === repository.root ? [{ path, network: file.network, oid }] : [];
  });
}

function equalBytes(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && Buffer.compare(a, b) === 0;
}
