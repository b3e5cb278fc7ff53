import { newNetworkFile } from '../core/config/new-network.js';
import type { LegacyEntry } from '../core/legacy/entry.js';
import { claimedRecord, entryClaims, rejectedEntry } from '../core/legacy/entry-claims.js';
import { groupByNetwork, type NetworkGroup, type NetworkWish } from '../core/legacy/group-by-network.js';
import { type OlderCopy, olderVersions } from '../core/legacy/older-versions.js';
import { recovery, type SupersededEntry } from '../core/legacy/recover-fields.js';
import { settleNetwork } from '../core/legacy/settle-network.js';
import { inKeyOrder, sourceId } from '../core/legacy/source-id.js';
import { networkFilePath } from '../core/layout.js';
import type { StoreProblem } from '../core/leveldb/store-problem.js';
import type { NetworkFile } from '../core/model/network-file.js';
import { StateManagerError } from '../errors.js';
import type { StateRepository } from '../ports/state-repository.js';
import type { BaseState } from './base-state.js';
import { type ImportOptions, type ImportResult, importSource } from './import-source.js';
import { knownNetworks } from './known-networks.js';
import { type ImportPlan, planImport, type SettledShare } from './plan-import.js';

export type ImportRequest = ImportOptions & {
  readonly entries: readonly LegacyEntry[];
  /** Older versions of them, newest first within a key: fill what is missing, where the proxy is the same. */
  readonly superseded?: readonly SupersededEntry[];
  /** Older copies of the source, which fill what it cannot itself, in this order. */
  readonly also?: readonly OlderCopy[];
  /** Given back with the answer. */
  readonly warnings?: readonly StoreProblem[];
  readonly wish: NetworkWish;
  /** Called now and then with the number of entries read. */
  readonly seen?: (entries: number) => void;
  /** Called before each network: what was made of the ones before is no longer needed. */
  readonly relieve?: () => void;
};

/**
 * A LevelDB's entries as commits, one per network. Throws IMPORT_STRICT, STATE_INVALID, CHAIN_ID_MISMATCH, BAD_USAGE,
 * CONFIG_INVALID, and what writing throws.
 */
export async function importLevelDb(repository: StateRepository, request: ImportRequest): Promise<ImportResult> {
  const kind = 'leveldb';
  const entries = inKeyOrder(request.entries);
  const id = sourceId(entries);
  const said = entryClaims(entries, request.seen);
  const recover = recovery(olderVersions(request.superseded ?? [], request.also ?? []));
  const plan = async (base: BaseState): Promise<ImportPlan> => {
    const sources = { files: await knownNetworks(base), config: base.config };
    const grouped = groupByNetwork(said.claims, sources, request.wish);
    const unplaced = grouped.rejects.flatMap(({ key, reason }) => rejectedEntry(said.entryOf(key), reason));
    return planImport(base, {
      kind,
      id,
      networks: grouped.groups.map((group) => ({
        chainId: group.chainId,
        settle() {
          request.relieve?.();
          const records = group.records.flatMap(({ key }) => claimedRecord(said.entryOf(key)));
          return settle(base, { ...group, records: records.map(recover) });
        },
      })),
      rejects: [...said.rejects, ...unplaced],
      ambiguous: grouped.ambiguous,
    });
  };
  const result = await importSource(repository, { kind, id, plan }, request);
  const { warnings = [] } = request;
  return warnings.length === 0 ? result : { ...result, data: { ...result.data, warnings } };
}

async function settle(base: BaseState, { network, chainId, records }: NetworkGroup): Promise<SettledShare> {
  const path = networkFilePath(base.root, network);
  const file = await fileOf(base, network, chainId);
  const { imported, rejects, ambiguous, recovered, history, ...rest } = settleNetwork(path, file, records, base.config);
  return {
    network: { ...rest, network, chainId, imported: [...imported.keys()] },
    rejects,
    ambiguous,
    recovered: recovered.map((one) => ({ network, ...one })),
    history: history.map((one) => ({ network, ...one })),
  };
}

async function fileOf(base: BaseState, network: string, chainId: number): Promise<NetworkFile> {
  const existing = await base.network(network);
  if (existing !== null && existing.chainId !== chainId) {
    throw new StateManagerError('CHAIN_ID_MISMATCH', `${network} is chain ${existing.chainId} here, not ${chainId}`, {
      hint: `name the network of chain ${chainId}: --network <name> --chain-id ${chainId}, or networks in stateroot.config.json`,
      details: { network, expected: existing.chainId, given: chainId },
    });
  }
  return existing ?? newNetworkFile({ network, chainId }, base.config);
}
