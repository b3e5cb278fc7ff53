import { configPath, isStatePath, networkOfPath, stateFolders } from '../core/layout.js';
import { recordsOf } from '../core/model/network-file.js';
import type { Checkout, Upstream } from '../ports/checkout.js';
import type { StateRepository, Unfinished } from '../ports/state-repository.js';
import { snapshotAt } from './read-snapshot.js';
import { type Gate, gateOf } from './setup/gate.js';

export type Status = {
  /** Full ref name, null when HEAD is detached. */
  readonly branch: string | null;
  readonly commit: string | null;
  readonly upstream: Upstream | null;
  readonly roots: readonly RootStatus[];
  readonly lastChange: LastChange | null;
  /** State files with edits that are not committed, relative to the repository root. */
  readonly edited: readonly string[];
  /** Those of them that a merge, rebase, pick or stash has left in conflict. */
  readonly conflicted: readonly string[];
  readonly unfinished: readonly Unfinished[];
  readonly gate: Gate;
};

export type RootStatus = {
  readonly root: string;
  readonly networks: readonly { readonly network: string; readonly chainId: number; readonly records: number }[];
  /** Network files that cannot be read. */
  readonly unreadable: readonly string[];
};

type LastChange = {
  readonly commit: string;
  readonly author: string;
  /** ISO 8601. */
  readonly time: string;
  readonly subject: string;
};

/** Where the state stands in the work tree. At the repository root: of every state root, below it: of the nearest. */
export async function status(repository: StateRepository, checkout: Checkout): Promise<Status> {
  const names = repository.root === '' ? await repository.roots('worktree') : [repository.root];
  const hooks = await checkout.hooks();
  const [head, roots, unfinished, upstream, edited, conflicted, gate] = await Promise.all([
    repository.head(),
    Promise.all(names.map((root) => rootStatus(repository.forRoot(root)))),
    repository.unfinished(),
    checkout.upstream(),
    stateAmong((paths) => checkout.edited(paths), names),
    stateAmong((paths) => checkout.conflicted(paths), names),
    gateOf(checkout, hooks),
  ]);
  const lastChange = head.commit === null ? null : await lastChangeOf(repository, head.commit, names);
  const { branch, commit } = head;
  return { branch, commit, upstream, roots, lastChange, edited, conflicted, unfinished, gate };
}

async function rootStatus(repository: StateRepository): Promise<RootStatus> {
  const snapshot = await snapshotAt(repository, 'worktree');
  const networks = [...snapshot.networks.values()].map((file) => {
    return { network: file.network, chainId: file.chainId, records: recordsOf(file).length };
  });
  return { root: repository.root, networks, unreadable: snapshot.refused.map(({ path }) => path) };
}

/** The state files of these roots among what `find` answers of their folders. */
export async function stateAmong(
  find: (paths: readonly string[]) => Promise<readonly string[]>,
  roots: readonly string[],
): Promise<string[]> {
  const paths = roots.flatMap((root) => [...stateFolders(root), configPath(root)]);
  return (await find(paths)).filter(isStatePath);
}

async function lastChangeOf(
  repository: StateRepository,
  from: string,
  roots: readonly string[],
): Promise<LastChange | null> {
  const found = await Promise.all(
    roots.map((root) => repository.forRoot(root).history({ from, paths: stateFolders(root), limit: 1 })),
  );
  const newest = found.flat().sort((a, b) => b.time - a.time)[0];
  if (newest === undefined) return null;
  const { oid, author, time, message } = newest;
  return { commit: oid, author, time: new Date(time).toISOString(), subject: message.split('\n')[0] ?? '' };
}

/** Is there anything yet? */
export function isEmpty({ roots }: Status): boolean {
  return roots.every((root) => root.networks.length === 0 && root.unreadable.length === 0);
}

/** The one command to run next, null when all is well. */
export function nextStep(now: Status): string | null {
  if (now.unfinished.some((write) => write.state === 'undecided')) return 'stateroot recover';
  if (now.conflicted.length > 0) return 'stateroot resolve';
  const unreadable = now.roots.flatMap((root) => root.unreadable);
  if (unreadable.length > 0) return `stateroot validate ${unreadable[0] ?? ''}`;
  if (!now.gate.active) return now.gate.fix ?? 'stateroot init';
  if (isEmpty(now)) return 'stateroot import leveldb <folder>, or stateroot put <network> <name> --from <file>';
  const edited = now.edited.find((path) => networkOfPath(path) !== null);
  if (edited !== undefined) return 'stateroot diff, then git add and git commit, or git restore';
  const { ahead = 0, behind = 0 } = now.upstream ?? {};
  return ahead + behind > 0 ? 'stateroot sync' : null;
}
