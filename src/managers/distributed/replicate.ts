import { type Collaboration, refuseInvalid } from '../../commands/sync.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';

export type Replica = {
  /** The remote. */
  readonly node: string;
  readonly outcome: 'pushed' | 'unchanged' | 'failed';
  /** Why it failed. */
  readonly error?: StateManagerError;
};

/**
 * Pushes the commit that HEAD is at to the branch of each remote, past the gate, never over what a remote has and this
 * clone has not. All are tried; answers when every one of them has the commit. Throws the first failure, with
 * `details.nodes` for each.
 */
export async function replicate(clone: Collaboration, nodes: readonly string[]): Promise<Replica[]> {
  const { commit } = await clone.repository.head();
  if (commit === null) {
    throw new StateManagerError('BAD_INPUT', 'There is no commit yet to replicate', { hint: 'put a contract first' });
  }
  const replicas: Replica[] = [];
  for (const node of nodes) replicas.push(await replicaOf(clone, node, commit));
  const [first, ...others] = replicas.filter(({ error }) => error !== undefined);
  if (first?.error === undefined) return replicas;
  const { error } = first;
  const more = others.length === 0 ? '' : `, and ${others.length} more failed`;
  throw new StateManagerError(
    error.code,
    `${shown(first.node)} has not got ${commit.slice(0, 7)}: ${error.message}${more}`,
    {
      cause: error,
      hint: error.hint ?? 'run it again: those that have it are left alone',
      details: { nodes: replicas.map((each) => ({ node: each.node, outcome: each.outcome, code: each.error?.code })) },
    },
  );
}

async function replicaOf(clone: Collaboration, node: string, commit: string): Promise<Replica> {
  try {
    return { node, outcome: await pushTo(clone, node, commit) };
  } catch (error) {
    if (error instanceof StateManagerError) return { node, outcome: 'failed', error };
    throw error;
  }
}

async function pushTo({ remotes, changes }: Collaboration, node: string, commit: string) {
  const branch = await remotes.branchOf(node);
  const tip = await remotes.fetch(branch);
  if (tip === commit) return 'unchanged';
  if (tip !== null && !(await remotes.isAncestor(tip, commit))) throw ahead(node);
  await refuseInvalid(changes, commit, tip);
  const outcome = await remotes.push(branch, commit, tip);
  if (outcome.kind === 'pushed') return 'pushed';
  const code = outcome.kind === 'raced' ? 'RACED' : 'PUSH_UNKNOWN';
  throw new StateManagerError(code, `The push to ${shown(node)} was not answered for: ${outcome.reason}`, {
    hint: 'run it again',
  });
}

function ahead(node: string): StateManagerError {
  return new StateManagerError('PUSH_REFUSED', `${shown(node)} has commits that are not here`, {
    hint: `bring them in first: syncFromMasterNode(${JSON.stringify(node)}), or stateroot sync ${node}`,
  });
}
