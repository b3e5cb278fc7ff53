import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Operation, OperationSide, UnmergedFile } from '../../ports/unmerged.js';
import { type Checkout, inCheckout } from '../checkout-context.js';
import { gitText } from '../run.js';
import { readHead, readRef } from '../write/position.js';

/**
 * What is in progress, by the marks git leaves, a rebase first: its single steps leave those of other operations. A stash
 * leaves none, so it is known by what is in conflict.
 */
export async function readOperation(checkout: Checkout, unmerged: readonly UnmergedFile[]): Promise<Operation> {
  const head = await readHead(checkout);
  const ours = { commit: head.commit, name: head.branch?.replace(/^refs\/heads\//, '') ?? 'HEAD' };
  const has = (mark: string) => existsSync(join(checkout.gitDir, mark));
  if (has('rebase-merge') || (has('rebase-apply') && !has('rebase-apply/applying'))) return rebase(checkout, ours);
  if (has('rebase-apply')) return { kind: 'am', ours, theirs: { commit: null, name: 'the patch' } };
  if (has('MERGE_HEAD')) {
    const commit = await readRef(checkout, 'MERGE_HEAD');
    return { kind: 'merge', ours, theirs: await named(checkout, commit) };
  }
  if (has('CHERRY_PICK_HEAD')) {
    const commit = await readRef(checkout, 'CHERRY_PICK_HEAD');
    return { kind: 'cherry-pick', ours, theirs: await named(checkout, commit) };
  }
  if (has('REVERT_HEAD')) {
    const reverted = await readRef(checkout, 'REVERT_HEAD');
    const name = `before ${reverted?.slice(0, 7) ?? 'the commit'}`;
    return { kind: 'revert', ours, theirs: { commit: await readRef(checkout, 'REVERT_HEAD^'), name } };
  }
  const theirs = (await isStash(checkout, unmerged))
    ? { commit: await readRef(checkout, 'refs/stash'), name: 'the stash' }
    : { commit: null, name: 'theirs' };
  return { kind: theirs.commit === null ? null : 'stash', ours, theirs };
}

/** git replays your commits onto the other branch: that one is ours, and theirs is the commit being replayed. */
async function rebase(checkout: Checkout, head: OperationSide): Promise<Operation> {
  const folder = existsSync(join(checkout.gitDir, 'rebase-merge')) ? 'rebase-merge' : 'rebase-apply';
  const [onto, branch] = await Promise.all(['onto', 'head-name'].map((name) => mark(checkout, `${folder}/${name}`)));
  const upstream = await named(checkout, onto ?? null);
  const replayed = await readRef(checkout, 'REBASE_HEAD');
  const from = branch?.replace(/^refs\/heads\//, '') ?? 'HEAD';
  return {
    kind: 'rebase',
    ours: { commit: head.commit, name: upstream.name },
    theirs: { commit: replayed, name: `${replayed?.slice(0, 7) ?? 'the commit'} of ${from}` },
  };
}

/** By the branch that points there, else by its abbreviation. */
async function named(checkout: Checkout, commit: string | null): Promise<OperationSide> {
  if (commit === null) return { commit, name: 'theirs' };
  const args = ['for-each-ref', `--points-at=${commit}`, '--format=%(refname:short)', 'refs/heads', 'refs/remotes'];
  const [branch = ''] = (await gitText(args, inCheckout(checkout))).split('\n');
  return { commit, name: branch === '' ? commit.slice(0, 7) : branch };
}

async function isStash(checkout: Checkout, unmerged: readonly UnmergedFile[]): Promise<boolean> {
  if (unmerged.length === 0) return false;
  const stashed = await Promise.all(unmerged.map(({ path }) => checkout.objects.read(`refs/stash:${path}`)));
  return unmerged.every(({ theirs }, at) => (stashed[at]?.oid ?? null) === (theirs?.oid ?? null));
}

async function mark(checkout: Checkout, name: string): Promise<string | undefined> {
  const file = join(checkout.gitDir, name);
  return existsSync(file) ? (await readFile(file, 'utf8')).trim() : undefined;
}
