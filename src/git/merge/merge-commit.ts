import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MergedEntry, MergeSides } from '../../ports/merges.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { gitText, runGit } from '../run.js';
import { storeBlob, storeCommit, wantsSignature } from '../write/store-object.js';
import { syncObjects } from '../write/sync-objects.js';

// What state files become is known already: a driver that runs for them here would only cost time.
export const withoutDriver = ['-c', 'merge.stateroot.driver=false', '-c', 'rerere.enabled=false'];

/** Stores a merge commit that is on no branch yet, or answers the paths besides `files` that git cannot merge. */
export async function storeMerge(
  checkout: Checkout,
  { ours, theirs }: MergeSides,
  files: ReadonlyMap<string, MergedEntry>,
  message: string,
): Promise<{ commit: string } | { conflicts: string[] }> {
  const args = [...withoutDriver, 'merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs];
  const { stdout } = await runGit(args, inCheckout(checkout, { durable: true, answers: [1] }));
  const [tree = '', ...unmerged] = stdout
    .toString('utf8')
    .split('\0')
    .filter((part) => part !== '');
  const conflicts = unmerged.filter((path) => !files.has(path));
  if (conflicts.length > 0) return { conflicts: [...new Set(conflicts)] };
  const written: string[] = [];
  const merged = await withFiles(checkout, tree, await storedFiles(checkout, files, written));
  const sign = await wantsSignature(checkout);
  const commit = await storeCommit(checkout, merged, [ours, theirs], { message, sign });
  await syncObjects(checkout, [...written, merged, commit]);
  return { commit };
}

/** Lines for `update-index --index-info`; new bytes become blobs first. */
export async function storedFiles(
  checkout: Checkout,
  files: ReadonlyMap<string, MergedEntry>,
  written: string[],
): Promise<string> {
  const { zero } = await checkout.objectFormat();
  const lines: string[] = [];
  for (const [path, entry] of files) {
    if (entry === null) lines.push(`0 ${zero}\t${path}\0`);
    else lines.push(`${entry.mode} ${await storedOid(checkout, entry, written)}\t${path}\0`);
  }
  return lines.join('');
}

export async function storedOid(
  checkout: Checkout,
  entry: Exclude<MergedEntry, null>,
  written: string[],
): Promise<string> {
  if ('oid' in entry) return entry.oid;
  const oid = await storeBlob(checkout, entry.bytes);
  written.push(oid);
  return oid;
}

/** The tree with these entries, by a private index: git's own knows folders, modes and order. */
async function withFiles(checkout: Checkout, tree: string, info: string): Promise<string> {
  if (info === '') return tree;
  const file = join(checkout.gitDir, `stateroot-merge.${randomBytes(6).toString('hex')}`);
  const options = { index: { file }, durable: true };
  try {
    await runGit(['read-tree', tree], inCheckout(checkout, options));
    await runGit(['update-index', '-z', '--index-info'], inCheckout(checkout, { ...options, input: info }));
    return await gitText(['write-tree'], inCheckout(checkout, options));
  } finally {
    await rm(file, { force: true });
    await rm(`${file}.lock`, { force: true });
  }
}
