import { newNetworkFile } from '../../core/config/new-network.js';
import { groupByNetwork } from '../../core/legacy/group-by-network.js';
import type { LegacyRecord, LegacyReject } from '../../core/legacy/legacy-record.js';
import { isReject, readEntry } from '../../core/legacy/read-entry.js';
import { recoverFields } from '../../core/legacy/recover-fields.js';
import { settleNetwork } from '../../core/legacy/settle-network.js';
import { inKeyOrder, sourceId } from '../../core/legacy/source-id.js';
import { compareText } from '../../core/equal.js';
import { networkFilePath } from '../../core/layout.js';
import { StateManagerError } from '../../errors.js';
import type { BaseState } from '../base-state.js';
import type { Consolidation, MigrationSources } from './consolidation.js';

/** What the sources say, network by network (FORMAT §8, §10). Throws CONFIG_INVALID. */
export async function consolidate(base: BaseState, sources: MigrationSources): Promise<Consolidation> {
  const entries = sources.leveldb?.entries ?? [];
  const read = inKeyOrder(entries).map(readEntry);
  const records: LegacyRecord[] = [];
  const rejects: LegacyReject[] = [];
  for (const one of read) {
    if (isReject(one)) rejects.push(one);
    else records.push(one);
  }
  const recovered = recoverFields(records, sources.leveldb?.superseded ?? []);
  const grouped = groupByNetwork(recovered, { files: await base.readable(), config: base.config }, {});
  const groups = new Map(grouped.groups.map((group) => [group.network, group]));
  return {
    id: sourceId(entries),
    networks: grouped.groups.map(({ network, chainId, records: { length } }) => ({
      network,
      chainId,
      records: length,
    })),
    rejects: [...rejects, ...grouped.rejects],
    ambiguous: grouped.ambiguous,
    passedOver: [],
    ignored: [],
    async settle(onto, { network, chainId }) {
      const existing = await onto.network(network);
      if (existing !== null && existing.chainId !== chainId) throw otherChain(network, existing.chainId, chainId);
      const file = existing ?? newNetworkFile({ network, chainId }, onto.config);
      const path = networkFilePath(onto.root, network);
      const settled = settleNetwork(path, file, groups.get(network)?.records ?? [], onto.config);
      return {
        network,
        chainId,
        file: settled.file,
        changed: [...settled.imported.keys()].sort(compareText),
        unchanged: settled.unchanged,
        isChanged: settled.imported.size > 0,
        withoutArguments: settled.withoutArguments,
        rejects: settled.rejects,
        ambiguous: settled.ambiguous,
        recovered: settled.recovered.map((one) => ({ network, ...one })),
        folded: [],
      };
    },
  };
}

function otherChain(network: string, expected: number, given: number): StateManagerError {
  return new StateManagerError('CHAIN_ID_MISMATCH', `${network} is chain ${expected} here, not ${given}`, {
    hint: `name the network of chain ${given} under networks in stateroot.config.json`,
    details: { network, expected, given },
  });
}
