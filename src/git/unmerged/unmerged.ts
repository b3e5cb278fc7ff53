import { stateRootOf } from '../../core/layout.js';
import type { UnmergedFile, UnmergedSide } from '../../ports/unmerged.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { readBlob } from '../read/commit-tree.js';
import { type IndexEntry, parseIndexEntries } from '../read/index-tree.js';
import { findRoots } from '../read/state-roots.js';
import { readStateFile } from '../read/worktree-tree.js';
import { runGit } from '../run.js';

/** State files in conflict, with their sides, and the other paths in conflict; both ascending. */
export async function readUnmerged(
  checkout: Checkout,
): Promise<{ readonly state: readonly UnmergedFile[]; readonly others: readonly string[] }> {
  const entries = await unmergedEntries(checkout);
  const paths = [...new Set(entries.map(({ path }) => path))].sort();
  const roots = paths.length === 0 ? [] : await findRoots(checkout, 'index');
  const state: UnmergedFile[] = [];
  const others: string[] = [];
  for (const path of paths) {
    const root = stateRootOf(path);
    // A look-alike in a folder that nobody marked is no state.
    if (root === null || !roots.includes(root)) others.push(path);
    else state.push(await unmergedFile(checkout, root, path, entries));
  }
  return { state, others };
}

/** Stages 1 to 3 of the whole index. */
export async function unmergedEntries(checkout: Checkout): Promise<readonly IndexEntry[]> {
  return parseIndexEntries((await runGit(['ls-files', '--unmerged', '-z'], inCheckout(checkout))).stdout);
}

async function unmergedFile(
  checkout: Checkout,
  root: string,
  path: string,
  entries: readonly IndexEntry[],
): Promise<UnmergedFile> {
  const side = (stage: number) => {
    const entry = entries.find((one) => one.path === path && one.stage === stage);
    return entry === undefined ? null : readSide(checkout, entry);
  };
  const [base, ours, theirs] = await Promise.all([side(1), side(2), side(3)]);
  return { root, path, base, ours, theirs, worktree: await readStateFile(checkout.top, path) };
}

async function readSide(checkout: Checkout, { path, mode, oid }: IndexEntry): Promise<UnmergedSide> {
  // A submodule in a file's place has no bytes here.
  return { mode, oid, bytes: mode === '160000' ? new Uint8Array() : await readBlob(checkout.objects, oid, path) };
}
