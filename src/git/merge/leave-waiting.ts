import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MergedEntry, MergeSides, WaitingEntry } from '../../ports/merges.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { readBlob } from '../read/commit-tree.js';
import { readIndex } from '../read/index-tree.js';
import { runGit } from '../run.js';
import { writeDurably } from '../write/durable.js';
import { underLock } from '../write/under-lock.js';
import { refusedMerge, requirePosition } from './merge-position.js';
import { storedFiles, storedOid, withoutDriver } from './merge-commit.js';

/**
 * Begins the merge with git, then puts state files as they were decided. git is given a driver that fails, so that a kill
 * in between leaves conflicts to see, never a text merge that looks done.
 */
export async function leaveWaiting(
  checkout: Checkout,
  { ours, theirs }: MergeSides,
  message: string,
  { settled, waiting }: { settled: ReadonlyMap<string, MergedEntry>; waiting: ReadonlyMap<string, WaitingEntry> },
): Promise<void> {
  await underLock(checkout, `merge ${theirs.slice(0, 7)}`, async () => {
    await requirePosition(checkout, ours);
    const args = [
      'merge',
      '--no-ff',
      '--no-commit',
      '--no-squash',
      '--no-edit',
      '--no-stat',
      '--quiet',
      '-m',
      message,
      theirs,
    ];
    const { stderr } = await runGit([...withoutDriver, ...args], inCheckout(checkout, { answers: [1, 2, 128] }));
    if (!existsSync(join(checkout.gitDir, 'MERGE_HEAD'))) throw refusedMerge(stderr);
    const changed = await unlikeIndex(checkout, settled);
    await stageEntries(checkout, changed, waiting);
    for (const [path, entry] of changed) await placeEntry(checkout, path, entry);
    for (const [path, { text }] of waiting) {
      if (text !== null) await writeDurably(join(checkout.top, path), text);
    }
  });
}

/**
 * The files that git left otherwise than they were decided. Any other is not touched: where only this side had changed a
 * file, git has not looked whether somebody edits it, and writing it would take the edit away.
 */
async function unlikeIndex(
  checkout: Checkout,
  settled: ReadonlyMap<string, MergedEntry>,
): Promise<ReadonlyMap<string, MergedEntry>> {
  if (settled.size === 0) return settled;
  const staged = new Map<string, string>();
  for (const { path, mode, oid, stage } of await readIndex(checkout, [...settled.keys()], undefined)) {
    staged.set(path, `${staged.get(path) ?? ''}${stage} ${mode} ${oid};`);
  }
  const isSame = (path: string, entry: MergedEntry) =>
    entry === null ? !staged.has(path) : 'oid' in entry && staged.get(path) === `0 ${entry.mode} ${entry.oid};`;
  return new Map([...settled].filter(([path, entry]) => !isSame(path, entry)));
}

/** Index first: with the conflict recorded there, no commit can be made of a work tree that is not there yet. */
async function stageEntries(
  checkout: Checkout,
  settled: ReadonlyMap<string, MergedEntry>,
  waiting: ReadonlyMap<string, WaitingEntry>,
): Promise<void> {
  const { zero } = await checkout.objectFormat();
  const lines = [...settled.keys(), ...waiting.keys()].map((path) => `0 ${zero}\t${path}\0`);
  lines.push(await storedFiles(checkout, settled, []));
  for (const [path, { base, ours, theirs }] of waiting) {
    for (const [at, side] of [base, ours, theirs].entries()) {
      if (side !== null) lines.push(`${side.mode} ${await storedOid(checkout, side, [])} ${at + 1}\t${path}\0`);
    }
  }
  const input = lines.join('');
  if (input !== '')
    await runGit(['update-index', '-z', '--index-info'], inCheckout(checkout, { durable: true, input }));
}

async function placeEntry(checkout: Checkout, path: string, entry: MergedEntry): Promise<void> {
  const file = join(checkout.top, path);
  if (entry === null) await rm(file, { force: true });
  else if ('bytes' in entry) await writeDurably(file, entry.bytes);
  else await writeDurably(file, await readBlob(checkout.objects, entry.oid, path));
}
