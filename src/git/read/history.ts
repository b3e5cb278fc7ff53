import { StateManagerError } from '../../errors.js';
import type { FileChange, HistoryEntry } from '../../ports/state-repository.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { gitText } from '../run.js';
import { type BlobEntry, listStateBlobs } from './commit-tree.js';
import { parseCommit } from './commit-object.js';

export type HistoryQuery = { readonly from: string; readonly paths: readonly string[]; readonly limit?: number };

/**
 * Commits that changed one of the paths, newest first. git walks and simplifies (a merge is listed only when it differs
 * from all of its parents); what changed is read from the trees themselves.
 */
export async function readHistory(checkout: Checkout, root: string, query: HistoryQuery): Promise<HistoryEntry[]> {
  const limit = query.limit === undefined ? [] : [`--max-count=${query.limit}`];
  const args = ['--literal-pathspecs', 'rev-list', '--topo-order', ...limit, query.from, '--', ...query.paths];
  const oids = (await gitText(args, inCheckout(checkout))).split('\n').filter((oid) => oid !== '');
  const trees = treeCache(checkout, root);
  const within = (path: string) => query.paths.some((asked) => path === asked || path.startsWith(`${asked}/`));
  const entries: HistoryEntry[] = [];
  for (const oid of oids) entries.push(await readEntry(checkout, oid, trees, within));
  return entries;
}

/** One commit with its changes to any state file of the root. */
export function readHistoryEntry(checkout: Checkout, root: string, oid: string): Promise<HistoryEntry> {
  return readEntry(checkout, oid, treeCache(checkout, root), () => true);
}

type Trees = (commit: string | null) => Promise<ReadonlyMap<string, BlobEntry>>;

async function readEntry(
  checkout: Checkout,
  oid: string,
  trees: Trees,
  within: (path: string) => boolean,
): Promise<HistoryEntry> {
  const object = await checkout.objects.read(oid);
  if (object?.type !== 'commit') {
    throw new StateManagerError('GIT_FAILED', `The commit ${oid} is missing or damaged.`, { hint: 'git fsck' });
  }
  const commit = parseCommit(object.bytes);
  const after = await trees(oid);
  const parents = commit.parents.length === 0 ? [null] : commit.parents;
  const changes = await Promise.all(
    parents.map(async (parent) => compare(await trees(parent), after).filter((change) => within(change.path))),
  );
  return { oid, ...commit, changes };
}

function treeCache(checkout: Checkout, root: string): Trees {
  const known = new Map<string, Promise<ReadonlyMap<string, BlobEntry>>>();
  return (commit) => {
    if (commit === null) return Promise.resolve(new Map());
    const found = known.get(commit) ?? listStateBlobs(checkout.objects, commit, root);
    known.set(commit, found);
    return found;
  };
}

function compare(before: ReadonlyMap<string, BlobEntry>, after: ReadonlyMap<string, BlobEntry>): FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map((path) => ({ path, before: before.get(path)?.oid ?? null, after: after.get(path)?.oid ?? null }))
    .filter((change) => change.before !== change.after);
}
