import { configPath, stateFolders, statePathsIn } from '../../core/layout.js';
import { StateManagerError } from '../../errors.js';
import type { Place } from '../../ports/state-repository.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { runGit } from '../run.js';
import { type BlobEntry, listStateBlobs } from './commit-tree.js';
import { type IndexEntry, parseIndexEntry, readIndex } from './index-tree.js';
import { worktreeTree } from './worktree-tree.js';

type Oids = ReadonlyMap<string, string | null>;

/**
 * Path → blob of every state file at a place, without a look at any content. Of the work tree git knows the files that
 * are as the index last saw them, by their stat data; the others, and all where there is no git program, are null.
 * Throws CONFLICT for an index that holds one.
 */
export async function knownOids(checkout: Checkout, root: string, place: Place): Promise<Oids> {
  if (place === 'worktree') return worktreeOids(checkout, root);
  if (place === 'index') return indexOids(checkout, root);
  const blobs = await listStateBlobs(checkout.objects, place.commit, root);
  return new Map([...blobs].map(([path, entry]) => [path, blobOf(entry)]));
}

async function indexOids(checkout: Checkout, root: string): Promise<Oids> {
  const entries = await readIndex(checkout, placesOf(root), 'inherit');
  refuseConflicts(entries);
  const oids = new Map(entries.filter(({ stage }) => stage === 0).map((entry) => [entry.path, blobOf(entry)]));
  return new Map(statePathsIn(root, [...oids.keys()]).map((path) => [path, oids.get(path) ?? null]));
}

/** A file in conflict has three contents in the index and none that counts: it must not look removed. */
function refuseConflicts(entries: readonly IndexEntry[]): void {
  const paths = [...new Set(entries.filter(({ stage }) => stage > 0).map(({ path }) => path))];
  if (paths.length === 0) return;
  throw new StateManagerError(
    'CONFLICT',
    `The index holds a conflict in ${paths.join(', ')}: nothing is staged there yet.`,
    {
      hint: 'settle it and git add, or compare the work tree: stateroot diff',
      details: { paths },
    },
  );
}

/** A submodule in a file's place has a commit, and no blob. */
function blobOf({ mode, oid }: BlobEntry): string | null {
  return mode === '160000' ? null : oid;
}

async function worktreeOids(checkout: Checkout, root: string): Promise<Oids> {
  const [paths, untouched] = await Promise.all([
    worktreeTree(checkout.top, root).paths(),
    untouchedOids(checkout, placesOf(root)).catch(nothingKnown),
  ]);
  return new Map(paths.map((path) => [path, untouched.get(path) ?? null]));
}

async function untouchedOids(checkout: Checkout, places: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const [listed, touched] = await Promise.all([
    lines(checkout, ['ls-files', '-v', '--stage', '-z', '--', ...places]),
    lines(checkout, ['diff-files', '--name-only', '-z', '--ignore-submodules=none', '--', ...places]),
  ]);
  // Anything but `H` is a file git was told not to look at (assume-unchanged, skip-worktree), or one in conflict.
  const entries = listed.filter((line) => line.startsWith('H ')).map((line) => parseIndexEntry(line.slice(2)));
  const differing = new Set(touched);
  return new Map(
    entries.filter(({ path, mode }) => mode !== '160000' && !differing.has(path)).map(({ path, oid }) => [path, oid]),
  );
}

function placesOf(root: string): string[] {
  return [...stateFolders(root), configPath(root)];
}

async function lines(checkout: Checkout, args: readonly string[]): Promise<string[]> {
  const { stdout } = await runGit(['--literal-pathspecs', ...args], inCheckout(checkout));
  return stdout
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '');
}

function nothingKnown(error: unknown): ReadonlyMap<string, string> {
  if (error instanceof StateManagerError && error.code === 'GIT_NOT_FOUND') return new Map();
  throw error;
}
