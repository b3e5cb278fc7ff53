import type { Config } from '../../core/config/config.js';
import { newNetworkFile } from '../../core/config/new-network.js';
import { equalJson } from '../../core/equal.js';
import type { Conflict } from '../../core/merge/conflict.js';
import { networkFileText } from '../../core/model/network-file.js';
import { readValue } from '../../core/text/read.js';
import { valueAt } from '../../core/text/value-at.js';
import type { Merges } from '../../ports/merges.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { type Merged, type MergeRequest, merge, mergeConflictOf } from '../merge.js';
import type { SideChoice } from '../resolve/choose-sides.js';
import type { SourceNetwork } from './consolidation.js';

type CutoverSettings = {
  readonly networks: readonly SourceNetwork[];
  readonly config: Config;
  /** Of files whose records are marked. */
  readonly revise: NonNullable<MergeRequest['revise']>;
};

/**
 * The merge of a cutover. The first dual-write to a network made its file, with nothing in it but the record: what such a file says
 * beside records is nobody's word, and gives way to what the sources say. Any other conflict is CONFLICT, as of `merge`.
 */
export async function mergeCutover(
  repository: StateRepository,
  merges: Merges,
  request: MergeRequest,
  { networks, config, revise }: CutoverSettings,
): Promise<Merged> {
  try {
    return await merge(repository, merges, { ...request, revise });
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
    return merge(repository, merges, { ...request, decisions, revise });
  }
}

function saysDefault({ path, ours }: Conflict, network: SourceNetwork, config: Config): boolean {
  const read = readValue(Buffer.from(networkFileText(newNetworkFile(network, config))));
  const value = read.ok ? valueAt(read.value, path) : undefined;
  return value !== undefined && ours !== undefined && equalJson(value, ours);
}
