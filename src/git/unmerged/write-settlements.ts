import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StateManagerError } from '../../errors.js';
import type { Settlement, UnmergedFile } from '../../ports/unmerged.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { readStateFile } from '../read/worktree-tree.js';
import { runGit } from '../run.js';
import { storeBlob } from '../write/store-object.js';
import { refuseLinkedFolder } from '../write/check-paths.js';
import { placeFile } from '../write/place-files.js';
import { underLock } from '../write/under-lock.js';
import { unmergedEntries } from './unmerged.js';

type Step = {
  readonly path: string;
  /** What the work tree gets: a blob, none (null), or nothing is done (undefined). */
  readonly place: string | null | undefined;
  /** Lines for `update-index --index-info`. */
  readonly info: string;
};

/** Everything is stored and checked before the first file is touched; see the port for why the index comes last. */
export async function writeSettlements(checkout: Checkout, settlements: readonly Settlement[]): Promise<void> {
  if (settlements.length === 0) return;
  await underLock(checkout, 'resolve', async () => {
    const steps: Step[] = [];
    for (const settlement of settlements) steps.push(await stepOf(checkout, settlement));
    await refuseChanged(
      checkout,
      settlements.map(({ file }) => file),
    );
    for (const { path, place } of steps) if (place !== undefined) await placeSettled(checkout, path, place);
    await updateIndex(checkout, steps.map(({ info }) => info).join(''));
  });
}

async function stepOf(checkout: Checkout, settlement: Settlement): Promise<Step> {
  const { zero } = await checkout.objectFormat();
  const { path, ours, theirs } = settlement.file;
  const clear = `0 ${zero}\t${path}\0`;
  if (settlement.kind === 'settle') {
    const oid = settlement.bytes === null ? null : await storeBlob(checkout, settlement.bytes);
    return { path, place: oid, info: oid === null ? clear : `${clear}100644 ${oid}\t${path}\0` };
  }
  const stages = [
    ...(settlement.base === null ? [] : [`100644 ${await storeBlob(checkout, settlement.base)} 1`]),
    ...(ours === null ? [] : [`${ours.mode} ${ours.oid} 2`]),
    ...(theirs === null ? [] : [`${theirs.mode} ${theirs.oid} 3`]),
  ];
  const place = settlement.text === null ? undefined : await storeBlob(checkout, Buffer.from(settlement.text));
  // A path cannot get one stage alone while it has others: git takes the first line for a removal of all.
  return { path, place, info: clear + stages.map((stage) => `${stage}\t${path}\0`).join('') };
}

/** Between the reading and now a person may have edited, or another git command staged. Throws RACED. */
async function refuseChanged(checkout: Checkout, files: readonly UnmergedFile[]): Promise<void> {
  const lock = join(checkout.gitDir, 'index.lock');
  // git itself would find it too, but only when the work tree is written already.
  if (existsSync(lock)) throw busy(lock);
  const entries = await unmergedEntries(checkout);
  for (const { path, base, ours, theirs, worktree } of files) {
    const known = [base, ours, theirs].flatMap((side, at) => (side === null ? [] : [`${at + 1} ${side.oid}`]));
    const staged = entries.filter((entry) => entry.path === path).map(({ stage, oid }) => `${stage} ${oid}`);
    await refuseLinkedFolder(checkout.top, path);
    const now = await readStateFile(checkout.top, path);
    const same = Buffer.compare(now?.bytes ?? Buffer.alloc(0), worktree?.bytes ?? Buffer.alloc(0)) === 0;
    if (known.sort().join() === staged.sort().join() && same && (now === null) === (worktree === null)) continue;
    throw new StateManagerError('RACED', `${path} changed while it was being resolved.`, { hint: 'run it again' });
  }
}

async function placeSettled(checkout: Checkout, path: string, oid: string | null): Promise<void> {
  try {
    // Always the same temporary name: there is no journal, so the next call clears up what a killed one left.
    await placeFile(checkout, path, oid, 'resolve');
  } catch (cause) {
    throw new StateManagerError('FILE_FAILED', `${path} cannot be written: ${String(cause)}`, {
      cause,
      hint: 'check its permissions and the disk, then run it again',
    });
  }
}

/** git holds its own lock for the moment of this; it never waits for another's. */
async function updateIndex(checkout: Checkout, input: string): Promise<void> {
  const { code, stderr } = await runGit(
    ['update-index', '-z', '--index-info'],
    inCheckout(checkout, { durable: true, input, answers: [128] }),
  );
  if (code === 0) return;
  const lock = /Unable to create '(.+\.lock)': File exists/.exec(stderr)?.[1];
  if (lock === undefined) {
    throw new StateManagerError('GIT_FAILED', `git update-index failed: ${stderr.trim()}`, {
      hint: 'git status shows what is still in conflict; stateroot resolve again',
    });
  }
  throw busy(lock);
}

function busy(lock: string): StateManagerError {
  return new StateManagerError('BUSY', `Git's index is locked by ${lock}: a git command is running, or one died.`, {
    hint: `run it again; if no git command runs: rm ${lock}`,
    details: { file: lock },
  });
}
