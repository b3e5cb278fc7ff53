import type { Collaboration } from '../../commands/sync.js';
import { StateManagerError } from '../../errors.js';

export type ConsensusResult = {
  /** Every node was reached and is at the commit of HEAD; false without nodes. */
  readonly agreed: boolean;
  /** Of HEAD, full oid; null before the first commit. */
  readonly commit: string | null;
  readonly nodes: readonly NodeState[];
};

type NodeState = {
  /** The remote. */
  readonly node: string;
  /** Where its branch is; null when it has none or was not reached. */
  readonly commit: string | null;
  /** As seen from here: it lacks commits (`behind`), has more (`ahead`), or both (`diverged`). */
  readonly relation: 'same' | 'behind' | 'ahead' | 'diverged' | 'absent' | 'unreachable';
  /** Why it was not reached. */
  readonly reason?: string;
};

/** Asks each remote where its branch is. Git has no leader: this says whether they agree, and makes nothing agree. */
export async function consensus(clone: Collaboration, nodes: readonly string[]): Promise<ConsensusResult> {
  const { commit } = await clone.repository.head();
  const states: NodeState[] = [];
  for (const node of nodes) states.push(await stateOf(clone, node, commit));
  return { agreed: states.length > 0 && states.every(({ relation }) => relation === 'same'), commit, nodes: states };
}

async function stateOf({ remotes }: Collaboration, node: string, ours: string | null): Promise<NodeState> {
  const branch = await remotes.branchOf(node);
  try {
    const commit = await remotes.fetch(branch);
    if (commit === null) return { node, commit, relation: 'absent' };
    if (commit === ours) return { node, commit, relation: 'same' };
    if (ours === null || (await remotes.isAncestor(ours, commit))) return { node, commit, relation: 'ahead' };
    return { node, commit, relation: (await remotes.isAncestor(commit, ours)) ? 'behind' : 'diverged' };
  } catch (error) {
    if (!(error instanceof StateManagerError) || error.code !== 'GIT_FAILED') throw error;
    return { node, commit: null, relation: 'unreachable', reason: error.message };
  }
}
