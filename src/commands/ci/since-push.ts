import { type WeighedChange, weighChanges } from '../../core/diff/weigh.js';
import { StateManagerError } from '../../errors.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { diffRoots, type RootDiff } from './diff-roots.js';

/** What the latest push to a pull request did to its review. A danger is no other change, and the reverse. */
export type SincePush = {
  /** Where the branch stood before. */
  readonly commit: string;
  readonly dangers: NewAndGone;
  readonly changes: NewAndGone;
};

type NewAndGone = { readonly new: number; readonly gone: number };

/** Null where the commit is not in this clone any more, which a forced push makes so. */
export async function sincePush(
  repository: StateRepository,
  { base, before, now }: { readonly base: string; readonly before: string; readonly now: readonly RootDiff[] },
): Promise<SincePush | null> {
  const commit = await knownCommit(repository, before);
  const parting = commit === null ? null : await repository.mergeBase(base, commit);
  if (commit === null || parting === null) return null;
  const [then, here] = [keysOf(await diffRoots(repository, parting, commit)), keysOf(now)];
  return { commit, dangers: compared(then.dangers, here.dangers), changes: compared(then.others, here.others) };
}

async function knownCommit(repository: StateRepository, revision: string): Promise<string | null> {
  try {
    return await repository.resolve(revision);
  } catch (error) {
    if (error instanceof StateManagerError && error.code === 'UNKNOWN_REVISION') return null;
    throw error;
  }
}

function keysOf(diffs: readonly RootDiff[]): { dangers: Set<string>; others: Set<string> } {
  const changes = diffs.flatMap(({ root, diff }) => weighChanges(diff.networks).map((change) => ({ root, change })));
  const keys = (dangerous: boolean) =>
    new Set(changes.filter(({ change }) => (change.danger !== null) === dangerous).map(keyOf));
  return { dangers: keys(true), others: keys(false) };
}

function keyOf({ root, change }: { readonly root: string; readonly change: WeighedChange }): string {
  const { network, contract, kind, danger, fields } = change;
  return JSON.stringify([root, network.network, contract?.name, contract?.status, kind, danger, fields]);
}

function compared(before: ReadonlySet<string>, now: ReadonlySet<string>): NewAndGone {
  const without = (these: ReadonlySet<string>, those: ReadonlySet<string>) =>
    [...these].filter((key) => !those.has(key)).length;
  return { new: without(now, before), gone: without(before, now) };
}
