import { StateManagerError } from '../../errors.js';
import type { CommitPlans, StateTree, WriteIntent, Written } from '../../ports/state-repository.js';
import type { Checkout } from '../checkout-context.js';
import { commitTree } from '../read/commit-tree.js';
import { type BuiltCommits, buildCommits } from './build-commits.js';
import { blobsAt, refuseUncommitted, refuseWithoutIdentity } from './check-paths.js';
import type { HeldLock } from './lock.js';
import { type Position, readPosition } from './position.js';
import { publish } from './publish.js';
import { underLock } from './under-lock.js';

// A ref that moves under every attempt is a remote-like race; git's own users give up far earlier.
const attempts = 20;

/**
 * The one way commits are made (ARCHITECTURE, "Writing, step by step"): lock, finish or undo what the dead left, read the
 * base, plan, check, store objects, publish by compare-and-swap, verify, unlock. Resolved means durable.
 */
export async function writeCommits(checkout: Checkout, root: string, intent: WriteIntent): Promise<Written> {
  if (intent.dryRun === true) return dryRun(checkout, root, intent);
  return underLock(checkout, intent.operation, async (lock, recovered) => {
    for (let attempt = 1; ; attempt += 1) {
      const written = await attemptWrite(checkout, root, intent, lock, attempt);
      if (written !== 'raced') return { ...written, recovered };
    }
  });
}

async function attemptWrite(
  checkout: Checkout,
  root: string,
  intent: WriteIntent,
  lock: HeldLock,
  attempt: number,
): Promise<Omit<Written, 'recovered'> | 'raced'> {
  const [position] = await Promise.all([readPosition(checkout, intent.target), refuseWithoutIdentity(checkout)]);
  const plans = await intent.plan(baseTree(checkout, root, position));
  if (Array.isArray(plans) && plans.length === 0) return { commits: [], ref: position.ref };
  // Where all of it is known already, a refusal stores no objects.
  const known = Array.isArray(plans) ? await blobsBefore(checkout, position, await pathsOf(plans)) : null;
  const built = await buildCommits(checkout, position.parent, plans, lock);
  if (built.commits.length === 0) return { commits: [], ref: position.ref };
  const before = known ?? (await blobsBefore(checkout, position, built.blobs.keys()));
  try {
    await publish(checkout, { position, built, before, lock });
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'RACED' && attempt < attempts) return 'raced';
    throw error;
  }
  await verify(checkout, position, built);
  return { commits: built.commits, ref: position.ref };
}

async function dryRun(checkout: Checkout, root: string, intent: WriteIntent): Promise<Written> {
  const position = await readPosition(checkout, intent.target);
  const plans = await intent.plan(baseTree(checkout, root, position));
  await blobsBefore(checkout, position, await pathsOf(plans));
  return { commits: [], ref: position.ref, recovered: [] };
}

function baseTree(checkout: Checkout, root: string, position: Position): StateTree {
  return commitTree(checkout.objects, position.parent, root);
}

async function pathsOf(plans: CommitPlans): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for await (const { files } of plans) for (const path of files.keys()) paths.add(path);
  return paths;
}

/** What the parent has of the paths. Throws UNCOMMITTED_EDITS. */
async function blobsBefore(
  checkout: Checkout,
  position: Position,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, string | null>> {
  const before = await blobsAt(checkout, position.parent, paths);
  if (position.checkedOut) await refuseUncommitted(checkout, before);
  return before;
}

/** Exit codes are not trusted: what the acknowledged commit says is read back. */
async function verify(checkout: Checkout, position: Position, built: BuiltCommits): Promise<void> {
  const tip = built.commits.at(-1);
  const found = await blobsAt(checkout, tip ?? null, built.blobs.keys());
  const parent = await checkout.objects.read(`${built.commits[0] ?? ''}^`);
  const same = [...built.blobs].every(([path, oid]) => found.get(path) === oid);
  if (same && (parent?.oid ?? null) === position.parent) return;
  throw new StateManagerError('GIT_FAILED', `The commit ${tip ?? ''} does not read back as it was written.`, {
    hint: 'git fsck, then git show HEAD',
  });
}
