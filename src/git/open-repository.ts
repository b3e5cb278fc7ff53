import { join } from 'node:path';
import { StateManagerError } from '../errors.js';
import type { Place, StateRepository, StateTree } from '../ports/state-repository.js';
import { type Checkout, inCheckout } from './checkout-context.js';
import { openCheckoutContext, type OpenOptions, withoutGit } from './open-checkout-context.js';
import { commitTree, readBlob } from './read/commit-tree.js';
import { readHistory, readHistoryEntry } from './read/history.js';
import { indexTree } from './read/index-tree.js';
import { knownOids } from './read/known-oids.js';
import { resolveRevision } from './read/revision.js';
import { findRoots } from './read/state-roots.js';
import { worktreeTree } from './read/worktree-tree.js';
import { runGit } from './run.js';
import { refuseLinkedFolder } from './write/check-paths.js';
import { writeDurably } from './write/durable.js';
import { acquireLock } from './write/lock.js';
import { readHead } from './write/position.js';
import { listUnfinished, recoverDead } from './write/recover.js';
import { unlock } from './write/unlock.js';
import { writeCommits } from './write/write-commits.js';
import { headWithoutGit, resolveWithoutGit } from './without-git/refs.js';

/**
 * Opens the repository around `cwd`, bound to the nearest state root at or above it. Starts no process by itself: a read of
 * the work tree never needs one. Throws NOT_A_REPOSITORY and BARE_REPOSITORY. Call `close()` in the end.
 */
export async function openRepository(cwd: string, options: OpenOptions = {}): Promise<StateRepository> {
  const checkout = await openCheckoutContext(cwd, options);
  return repositoryAt(checkout, checkout.root);
}

function repositoryAt(checkout: Checkout, root: string): StateRepository {
  return {
    root,
    forRoot: (other) => repositoryAt(checkout, other),
    head: () => readHead(checkout).catch(withoutGit(() => headWithoutGit(checkout))),
    resolve: (revision) =>
      resolveRevision(checkout, revision).catch(withoutGit(() => resolveWithoutGit(checkout, revision))),
    mergeBase: (a, b) => mergeBase(checkout, a, b),
    at: (at) => Promise.resolve(treeAt(checkout, root, at)),
    oids: (at) => knownOids(checkout, root, at),
    roots: (at) => findRoots(checkout, at),
    async blobs(oids) {
      const read = oids.map(async (oid) => [oid, await readBlob(checkout.objects, oid, 'a state file')] as const);
      return new Map(await Promise.all(read));
    },
    history: (query) => readHistory(checkout, root, query),
    commit: (oid) => readHistoryEntry(checkout, root, oid),
    write: (intent) => writeCommits(checkout, root, intent),
    replaceInWorktree: (files) => replaceInWorktree(checkout, files),
    unfinished: () => listUnfinished(checkout),
    recover: (decision) => recover(checkout, decision),
    unlock: (id) => unlock(checkout.commonDir, id),
    close() {
      checkout.objects.close();
      return Promise.resolve();
    },
  };
}

function treeAt(checkout: Checkout, root: string, place: Place): StateTree {
  if (place === 'worktree') return worktreeTree(checkout.top, root);
  if (place === 'index') return indexTree(checkout, root);
  return commitTree(checkout.objects, place.commit, root);
}

async function mergeBase(checkout: Checkout, a: string, b: string): Promise<string | null> {
  const { code, stdout } = await runGit(['merge-base', a, b], inCheckout(checkout, { answers: [1] }));
  return code === 0 ? stdout.toString('utf8').trim() : null;
}

async function replaceInWorktree(checkout: Checkout, files: ReadonlyMap<string, string>): Promise<void> {
  for (const path of files.keys()) await refuseLinkedFolder(checkout.top, path);
  for (const [path, text] of files) {
    try {
      await writeDurably(join(checkout.top, path), text);
    } catch (cause) {
      throw new StateManagerError('FILE_FAILED', `${path} cannot be written: ${String(cause)}`, {
        cause,
        hint: 'check its permissions and the disk',
      });
    }
  }
}

async function recover(checkout: Checkout, decision: 'finish' | 'undo' | 'auto'): ReturnType<typeof recoverDead> {
  const lock = await acquireLock(checkout.commonDir, 'recover', checkout.lockTimeout);
  try {
    return await recoverDead(checkout, decision);
  } finally {
    await lock.release();
  }
}
