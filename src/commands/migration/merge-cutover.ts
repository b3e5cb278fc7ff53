import type { Config } from '../../core/config/config.js';
import { newNetworkFile } from '../../core/config/new-network.js';
import { equalJson } from '../../core/equal.js';
import type { Conflict } from '../../core/merge/conflict.js';
import { networkFileText } from '../../core/model/network-file.js';
import { readValue } from '../../core/text/read.js';
import { valueAt } from '../../core/text/value-at.js';
import { StateManagerError } from '../../errors.js';
import type { Merges } from '../../ports/merges.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { type Merged, type MergeRequest, merge, mergeConflictOf } from '../merge.js';
import type { SideChoice } from '../resolve/choose-sides.js';
import type { SourceNetwork } from './consolidation.js';

/**
 * The merge of a cutover. The first dual-write to a network made its file, with nothing in it but the record: what such a file says
 * beside records is nobody's word, and gives way to what the sources say. Any other conflict is CONFLICT, as of `merge`.
 */
export async function mergeCutover(
  repository: StateRepository,
  merges: Merges,
  request: MergeRequest,
  { networks, config }: { readonly networks: readonly SourceNetwork[]; readonly config: Config },
): Promise<Merged> {
  try {
    return await merge(repository, merges, request);
  } catch (error) {
    const conflict = mergeConflictOf(error);
    if (conflict === null || conflict.paths.length > 0) throw error;
    const isDefault = (one: Conflict): boolean => {
      const network = networks.find(({ network: name }) => name === one.network);
      return network !== undefined && one.contract === null && saysDefault(one, network, config);
    };
    if (!conflict.conflicts.every(isDefault)) throw error;
    const decisions = conflict.conflicts.map(({ network, path }): SideChoice => {
      return { side: 'theirs', place: `${network}${path}` };
    });
    return merge(repository, merges, { ...request, decisions });
  }
}

/** The merge that brought a branch in: the commit on the first-parent line of `head` whose second parent is `tip`. Throws NOT_FOUND. */
export async function mergeOf(repository: StateRepository, head: string, tip: string): Promise<string> {
  for (let oid: string | undefined = head; oid !== undefined; ) {
    const { parents }: { readonly parents: readonly string[] } = await repository.commit(oid);
    if (parents[1] === tip) return oid;
    oid = parents[0];
  }
  throw new StateManagerError(
    'NOT_FOUND',
    `${tip.slice(0, 7)} is part of the current branch, and no merge of it is found`,
    {
      hint: 'git log --merges finds what brought it in; stateroot migrate rollback --merge <commit> undoes it',
      details: { tip },
    },
  );
}

function saysDefault({ path, ours }: Conflict, network: SourceNetwork, config: Config): boolean {
  const read = readValue(Buffer.from(networkFileText(newNetworkFile(network, config))));
  const value = read.ok ? valueAt(read.value, path) : undefined;
  return value !== undefined && ours !== undefined && equalJson(value, ours);
}
