import type { CommitPlans } from '../../ports/state-repository.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { parseTree } from '../read/tree-object.js';
import { gitText } from '../run.js';
import { oneAhead } from './one-ahead.js';
import { syncObjects } from './sync-objects.js';
import { openTreeWriter, type TreeWriter } from './tree-writer.js';

export type BuiltCommits = {
  /** Oldest first. */
  readonly commits: readonly string[];
  /** Path → blob oid of the last text; null = removed. */
  readonly blobs: ReadonlyMap<string, string | null>;
};

/** Stores blobs, trees and commits of the plans on top of `base`, all of them durable, and moves nothing; keeps none of them. */
export async function buildCommits(checkout: Checkout, base: string | null, plans: CommitPlans): Promise<BuiltCommits> {
  const trees = openTreeWriter(checkout);
  try {
    return await storeAll(checkout, base, plans, trees);
  } finally {
    trees.close();
  }
}

async function storeAll(
  checkout: Checkout,
  base: string | null,
  plans: CommitPlans,
  trees: TreeWriter,
): Promise<BuiltCommits> {
  const written: string[] = [];
  const blobs = new Map<string, string | null>();
  const commits: string[] = [];
  const sign = await wantsSignature(checkout);
  let parent = base;
  for await (const plan of oneAhead(plans)) {
    const files = new Map<string, string | null>();
    for (const [path, text] of plan.files) {
      const oid = text === null ? null : await storeBlob(checkout, text);
      if (oid !== null) written.push(oid);
      files.set(path, oid);
      blobs.set(path, oid);
    }
    const tree = await editTree({ checkout, trees, written }, parent === null ? null : `${parent}^{tree}`, files);
    const contents = tree ?? (await trees.store([]));
    parent = await storeCommit(checkout, contents, parent === null ? [] : [parent], { message: plan.message, sign });
    written.push(parent);
    commits.push(parent);
  }
  await syncObjects(checkout, written);
  return { commits, blobs };
}

type TreeStore = { readonly checkout: Checkout; readonly trees: TreeWriter; readonly written: string[] };

/** Rewrites the trees that hold `files`, from the leaves up; null when nothing is left in this one. */
async function editTree(
  store: TreeStore,
  tree: string | null,
  files: ReadonlyMap<string, string | null>,
): Promise<string | null> {
  const { checkout, trees, written } = store;
  const before = tree === null ? null : await checkout.objects.read(tree);
  const entries = new Map(
    before?.type === 'tree' ? parseTree(before.bytes, before.oid.length / 2).map((entry) => [entry.name, entry]) : [],
  );
  const folders = new Map<string, Map<string, string | null>>();
  for (const [path, oid] of files) {
    const slash = path.indexOf('/');
    if (slash === -1) {
      if (oid === null) entries.delete(path);
      else entries.set(path, { mode: '100644', name: path, oid });
    } else {
      const name = path.slice(0, slash);
      const inside = folders.get(name) ?? new Map<string, string | null>();
      folders.set(name, inside.set(path.slice(slash + 1), oid));
    }
  }
  for (const [name, inside] of folders) {
    const existing = entries.get(name);
    const oid = await editTree(store, existing?.mode === '040000' ? existing.oid : null, inside);
    if (oid === null) entries.delete(name);
    else entries.set(name, { mode: '040000', name, oid });
  }
  if (entries.size === 0) return null;
  const oid = await trees.store([...entries.values()]);
  written.push(oid);
  return oid;
}

export function storeBlob(checkout: Checkout, text: string | Uint8Array): Promise<string> {
  const options = inCheckout(checkout, { durable: true, input: text });
  return gitText(['hash-object', '-w', '--no-filters', '--stdin'], options);
}

export async function storeCommit(
  checkout: Checkout,
  tree: string,
  parents: readonly string[],
  { message, sign }: { readonly message: string; readonly sign: boolean },
): Promise<string> {
  const args = ['commit-tree', ...(sign ? ['-S'] : []), ...parents.flatMap((parent) => ['-p', parent]), tree];
  return gitText(args, inCheckout(checkout, { durable: true, input: message }));
}

/** commit-tree ignores commit.gpgSign (git-facts E23), so it is asked for. */
export async function wantsSignature(checkout: Checkout): Promise<boolean> {
  const args = ['config', '--type=bool', '--default=false', '--get', 'commit.gpgSign'];
  return (await gitText(args, inCheckout(checkout))) === 'true';
}
