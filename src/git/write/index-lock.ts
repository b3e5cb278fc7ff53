import { copyFile, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StateManagerError } from '../../errors.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { isAbsent } from '../read/worktree-tree.js';
import { runGit } from '../run.js';
import { createWhole, syncFile, syncFolder } from './durable.js';

/** The index of a worktree, held by git's own lock file: no git command changes it, or HEAD by a switch, meanwhile. */
export type HeldIndex = {
  /** A private copy to prepare the next index in. */
  readonly file: string;
  /** Replaces the index by the private copy; the lock stays. */
  publish(): Promise<void>;
  release(): Promise<void>;
};

type Worktree = Pick<Checkout, 'gitDir'>;

/** Waits for git's `index.lock`, which git itself never waits for. Throws BUSY naming the file. */
export async function holdIndex(checkout: Worktree, id: string, timeout: number): Promise<HeldIndex> {
  const lock = join(checkout.gitDir, 'index.lock');
  const deadline = Date.now() + timeout;
  try {
    while (!(await tryCreate(lock, id)) && !(await isOurs(lock, id))) {
      if (Date.now() > deadline) throw busy(lock);
      await sleep(5 + Math.random() * 20);
    }
    return await heldIndex(checkout, id, lock);
  } catch (error) {
    if (await isOurs(lock, id)) await rm(lock, { force: true });
    throw error;
  }
}

/** Puts entries into a private index; the work-tree files are there already, so stat data is right and `git diff-files` quiet. */
export async function stage(
  checkout: Checkout,
  index: HeldIndex,
  blobs: ReadonlyMap<string, string | null>,
): Promise<void> {
  const options = { index: { file: index.file }, durable: true };
  const paths = [...blobs.keys()].map((path) => `${path}\0`).join('');
  await runGit(
    ['update-index', '--add', '--remove', '-z', '--stdin'],
    inCheckout(checkout, { ...options, input: paths }),
  );
  // A clean filter or line-ending setting may have stored something else: the committed blob is what counts.
  const { zero } = await checkout.objectFormat();
  const info = [...blobs].map(([path, oid]) => `${oid === null ? '0' : '100644'} ${oid ?? zero}\t${path}\0`).join('');
  const { stdout } = await runGit(
    ['--literal-pathspecs', 'ls-files', '-s', '-z', '--', ...blobs.keys()],
    inCheckout(checkout, options),
  );
  const wanted = [...blobs].filter(([, oid]) => oid !== null).map(([path, oid]) => `100644 ${String(oid)} 0\t${path}`);
  const staged = stdout
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '');
  if (staged.length === wanted.length && wanted.every((line) => staged.includes(line))) return;
  await runGit(['update-index', '-z', '--index-info'], inCheckout(checkout, { ...options, input: info }));
}

async function heldIndex(checkout: Worktree, id: string, lock: string): Promise<HeldIndex> {
  const index = join(checkout.gitDir, 'index');
  const file = privateIndex(checkout, id);
  await rm(`${file}.lock`, { force: true });
  if (existsSync(index)) {
    await copyFile(index, file);
    // Entries as young as the index are re-read by git when it writes; a younger copy would make them look clean.
    const { mtimeMs } = await stat(index);
    await utimes(file, new Date(), new Date(mtimeMs - 2000));
  }
  return {
    file,
    async publish() {
      if (!(await syncFile(file))) return; // no entry was ever staged: there is no index to publish
      await rename(file, index);
      await syncFolder(checkout.gitDir);
    },
    async release() {
      await rm(file, { force: true });
      await rm(lock, { force: true });
    },
  };
}

/** Where write `id` prepares its index; recovery removes it by this name. */
export function privateIndex(checkout: Worktree, id: string): string {
  return join(checkout.gitDir, `stateroot-index.${id}`);
}

async function tryCreate(lock: string, id: string): Promise<boolean> {
  try {
    await createWhole(lock, ownMark(id), `${lock}.${id}`);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw cause;
  }
}

async function isOurs(lock: string, id: string): Promise<boolean> {
  try {
    return (await readFile(lock, 'utf8')) === ownMark(id);
  } catch (cause) {
    if (isAbsent(cause)) return false;
    throw cause;
  }
}

function busy(lock: string): StateManagerError {
  return new StateManagerError('BUSY', `Git's index is locked by ${lock}: a git command is running, or one died.`, {
    hint: `run it again; if no git command runs: rm ${lock}`,
    details: { file: lock },
  });
}

// git writes an index here, never text: by this content a later process knows the lock as that of write `id`.
function ownMark(id: string): string {
  return `stateroot ${id}\n`;
}
