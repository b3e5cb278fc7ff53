import { compareText } from '../../core/equal.js';
import {
  configPath,
  isManifest,
  isStray,
  manifestFolder,
  stateFolders,
  statePathsIn,
  unifiedFolder,
} from '../../core/layout.js';
import type { StateTree } from '../../ports/state-repository.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { runGit } from '../run.js';
import { type BlobEntry, readBlobs } from './commit-tree.js';

export type IndexEntry = BlobEntry & { readonly stage: number };

/**
 * What is staged, in the index git named in GIT_INDEX_FILE: for `commit -a` and `commit --only` that is a private one,
 * and any other index shows the old content (git-facts E9).
 */
export function indexTree(checkout: Checkout, root: string): StateTree {
  let listing: Promise<ReadonlyMap<string, BlobEntry>> | null = null;
  const entries = () => (listing ??= list());

  async function list(): Promise<ReadonlyMap<string, BlobEntry>> {
    const staged = await readIndex(checkout, [...stateFolders(root), configPath(root)], 'inherit');
    const byPath = new Map(staged.filter((entry) => entry.stage === 0).map((entry) => [entry.path, entry]));
    const paths = statePathsIn(root, [...byPath.keys()]);
    return new Map(
      paths
        .map((path) => [path, byPath.get(path)])
        .filter((pair): pair is [string, IndexEntry] => pair[1] !== undefined),
    );
  }

  return {
    commit: null,
    async paths() {
      return [...(await entries()).keys()];
    },
    async read(paths) {
      const known = await entries();
      return readBlobs(
        checkout.objects,
        paths.map((path) => known.get(path)).filter((entry) => entry !== undefined),
      );
    },
    async strays() {
      const staged = await readIndex(checkout, [unifiedFolder(root)], 'inherit');
      return [...new Set(staged.map(({ path }) => path))].filter((path) => isStray(path, root)).sort(compareText);
    },
    async manifests() {
      const staged = await readIndex(checkout, [manifestFolder(root)], 'inherit');
      const wanted = staged.filter(({ path, stage }) => stage === 0 && isManifest(path, root));
      return readBlobs(
        checkout.objects,
        wanted.sort((a, b) => compareText(a.path, b.path)),
      );
    },
  };
}

/** Entries of an index below or at `paths` (literal), all stages. */
export async function readIndex(
  checkout: Pick<Checkout, 'top' | 'env'>,
  paths: readonly string[],
  index: 'inherit' | { readonly file: string } | undefined,
): Promise<IndexEntry[]> {
  const args = ['--literal-pathspecs', 'ls-files', '--stage', '-z', '--', ...paths];
  return parseIndexEntries((await runGit(args, inCheckout(checkout, { index }))).stdout);
}

/** What `git ls-files --stage -z` or `--unmerged -z` says. */
export function parseIndexEntries(listing: Buffer): IndexEntry[] {
  return listing
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map(parseIndexEntry);
}

/** One line of `ls-files --stage`: `<mode> <oid> <stage>\t<path>`. */
export function parseIndexEntry(line: string): IndexEntry {
  const tab = line.indexOf('\t');
  const [mode = '', oid = '', stage = '0'] = line.slice(0, tab).split(' ');
  return { path: line.slice(tab + 1), mode, oid, stage: Number(stage) };
}
