import { compareText } from '../../core/equal.js';
import { isManifest, isStray, manifestFolder, stateFolders, statePathsIn, unifiedFolder } from '../../core/layout.js';
import { StateManagerError } from '../../errors.js';
import type { StateFile, StateTree } from '../../ports/state-repository.js';
import type { Objects } from '../objects.js';
import { blobOid } from './blob-oid.js';
import { parseTree } from './tree-object.js';

const nothing: ReadonlyMap<string, BlobEntry> = new Map();

export type BlobEntry = { readonly path: string; readonly mode: string; readonly oid: string };

/** What a commit recorded. Null stands for the commit before the first one: nothing. */
export function commitTree(objects: Objects, commit: string | null, root: string): StateTree {
  let listing: Promise<ReadonlyMap<string, BlobEntry>> | null = null;
  const entries = () =>
    (listing ??= commit === null ? Promise.resolve(nothing) : listStateBlobs(objects, commit, root));
  return {
    commit,
    async paths() {
      return [...(await entries()).keys()];
    },
    async read(paths, known = new Map()) {
      const listed = await entries();
      return readUnknown(
        objects,
        paths.map((path) => listed.get(path)).filter((entry) => entry !== undefined),
        known,
      );
    },
    async strays() {
      if (commit === null) return [];
      const below = await listBelow(objects, commit, unifiedFolder(root));
      return below
        .map(({ path }) => path)
        .filter((path) => isStray(path, root))
        .sort(compareText);
    },
    async manifests(known = new Map()) {
      if (commit === null) return [];
      const listed = await listTree(objects, commit, manifestFolder(root));
      return readUnknown(objects, listed.filter(({ path }) => isManifest(path, root)).sort(byPath), known);
    },
  };
}

/** Path → blob of every state file of a root at a commit, paths ascending. */
export async function listStateBlobs(
  objects: Objects,
  commit: string,
  root: string,
): Promise<ReadonlyMap<string, BlobEntry>> {
  const found = new Map<string, BlobEntry>();
  // The root's own folder is listed too, for the configuration file beside `deployments`.
  const folders = [root, ...stateFolders(root)];
  const listed = await Promise.all(folders.map((folder) => listTree(objects, commit, folder)));
  for (const entry of listed.flat()) found.set(entry.path, entry);
  const paths = statePathsIn(root, [...found.keys()]);
  return new Map(
    paths.map((path) => [path, found.get(path)]).filter((pair): pair is [string, BlobEntry] => pair[1] !== undefined),
  );
}

export async function readBlobs(objects: Objects, entries: readonly BlobEntry[]): Promise<StateFile[]> {
  return Promise.all(
    entries.map(async ({ path, mode, oid }) => {
      // A submodule in a file's place has no bytes here; its mode alone is the finding.
      if (mode === '160000') return { path, mode, bytes: new Uint8Array() };
      return { path, mode, bytes: await readBlob(objects, oid, path) };
    }),
  );
}

export async function readBlob(objects: Objects, oid: string, path: string): Promise<Uint8Array> {
  const object = await objects.read(oid);
  if (object?.type !== 'blob') {
    throw new StateManagerError('GIT_FAILED', `The blob ${oid} of ${path} is missing or damaged.`, {
      hint: 'git fsck, then git fetch from a clone that has it',
    });
  }
  return object.bytes;
}

async function readUnknown(
  objects: Objects,
  entries: readonly BlobEntry[],
  known: ReadonlyMap<string, StateFile>,
): Promise<StateFile[]> {
  const unread = entries.filter((entry) => !isSame(entry, known.get(entry.path)));
  const read = new Map((await readBlobs(objects, unread)).map((file) => [file.path, file]));
  return entries.map(({ path }) => read.get(path) ?? known.get(path)).filter((file) => file !== undefined);
}

/** Bytes that git would store under the same oid are the same file. */
function isSame({ mode, oid }: BlobEntry, known: StateFile | undefined): boolean {
  return known?.mode === mode && blobOid(known.bytes, oid.length === 40 ? 'sha1' : 'sha256') === oid;
}

function byPath(a: BlobEntry, b: BlobEntry): number {
  return compareText(a.path, b.path);
}

async function listBelow(objects: Objects, commit: string, folder: string): Promise<BlobEntry[]> {
  const entries = await listEntries(objects, commit, folder);
  const folders = entries.filter(({ mode }) => mode === '040000');
  const below = await Promise.all(folders.map(({ path }) => listBelow(objects, commit, path)));
  return [...entries.filter(({ mode }) => mode !== '040000'), ...below.flat()];
}

async function listTree(objects: Objects, commit: string, folder: string): Promise<BlobEntry[]> {
  return (await listEntries(objects, commit, folder)).filter(({ mode }) => mode !== '040000');
}

async function listEntries(objects: Objects, commit: string, folder: string): Promise<BlobEntry[]> {
  // The slash ends the name: git would else take `x-g1234abc` for what `git describe` says of a commit.
  const tree = await objects.read(folder === '' ? `${commit}^{tree}` : `${commit}:${folder}/`);
  if (tree?.type !== 'tree') return [];
  const prefix = folder === '' ? '' : `${folder}/`;
  return parseTree(tree.bytes, tree.oid.length / 2).map((entry) => ({
    path: prefix + Buffer.from(entry.name, 'latin1').toString('utf8'),
    mode: entry.mode,
    oid: entry.oid,
  }));
}
