import type { CommitPlans } from '../../ports/state-repository.js';
import type { Checkout } from '../checkout-context.js';
import { parseTree } from '../read/tree-object.js';
import { type HeldLock, lockFolder } from './lock.js';
import { type ObjectWriter, openObjectWriter } from './object-writer.js';
import { oneAhead } from './one-ahead.js';
import { scratchFolder } from './scratch-folder.js';
import { syncObjects } from './sync-objects.js';

export type BuiltCommits = {
  /** Oldest first. */
  readonly commits: readonly string[];
  /** Path → blob oid of the last text; null = removed. */
  readonly blobs: ReadonlyMap<string, string | null>;
};

/** Stores blobs, trees and commits of the plans on top of `base`, all of them durable, and moves nothing; keeps none of them. */
export async function buildCommits(
  checkout: Checkout,
  base: string | null,
  plans: CommitPlans,
  lock: Pick<HeldLock, 'id'>,
): Promise<BuiltCommits> {
  const store = openObjectWriter(checkout, scratchFolder(lockFolder(checkout.commonDir), lock.id));
  try {
    return await storeAll(checkout, base, plans, store);
  } finally {
    await store.close();
  }
}

async function storeAll(
  checkout: Checkout,
  base: string | null,
  plans: CommitPlans,
  store: ObjectWriter,
): Promise<BuiltCommits> {
  const written: string[] = [];
  const blobs = new Map<string, string | null>();
  const commits: string[] = [];
  let parent = base;
  for await (const plan of oneAhead(plans)) {
    const files = new Map<string, string | null>();
    for (const [path, text] of plan.files) {
      const oid = text === null ? null : await store.blob(text);
      if (oid !== null) written.push(oid);
      files.set(path, oid);
      blobs.set(path, oid);
    }
    const tree = await editTree({ checkout, store, written }, parent === null ? null : `${parent}^{tree}`, files);
    const contents = tree ?? (await store.tree([]));
    parent = await store.commit(contents, parent, plan.message);
    written.push(parent);
    commits.push(parent);
  }
  await syncObjects(checkout, written);
  return { commits, blobs };
}

type Storing = { readonly checkout: Checkout; readonly store: ObjectWriter; readonly written: string[] };

/** Rewrites the trees that hold `files`, from the leaves up; null when nothing is left in this one. */
async function editTree(
  storing: Storing,
  tree: string | null,
  files: ReadonlyMap<string, string | null>,
): Promise<string | null> {
  const { checkout, store, written } = storing;
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
    const oid = await editTree(storing, existing?.mode === '040000' ? existing.oid : null, inside);
    if (oid === null) entries.delete(name);
    else entries.set(name, { mode: '040000', name, oid });
  }
  if (entries.size === 0) return null;
  const oid = await store.tree([...entries.values()]);
  written.push(oid);
  return oid;
}
