import { newNetworkFile } from '../core/config/new-network.js';
import type { LegacyEntry } from '../core/legacy/entry.js';
import { groupByNetwork, type NetworkGroup, type NetworkWish } from '../core/legacy/group-by-network.js';
import type { LegacyRecord, LegacyReject } from '../core/legacy/legacy-record.js';
import { isReject, readEntry } from '../core/legacy/read-entry.js';
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
import { type ImportPlan, planImport } from './plan-import.js';

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
};

/**
 * A LevelDB's entries as commits, one per network. Throws IMPORT_STRICT, STATE_INVALID, CHAIN_ID_MISMATCH, BAD_USAGE,
 * CONFIG_INVALID, and what writing throws.
 */
export async function importLevelDb(repository: StateRepository, request: ImportRequest): Promise<ImportResult> {
  const kind = 'leveldb';
  const id = sourceId(request.entries);
  const read = readAll(request);
  const plan = async (base: BaseState): Promise<ImportPlan> => {
    const sources = { files: await base.readable(), config: base.config };
    const grouped = groupByNetwork(read.records, sources, request.wish);
    const settled = [];
    for (const group of grouped.groups) settled.push(await settle(base, group));
    return planImport(base, {
      kind,
      id,
      networks: settled.map((network) => ({ ...network, imported: [...network.imported.keys()] })),
      rejects: [...read.rejects, ...grouped.rejects, ...settled.flatMap((network) => network.rejects)],
      recovered: settled.flatMap(({ network, recovered }) => recovered.map((one) => ({ network, ...one }))),
      history: settled.flatMap(({ network, history }) => history.map((one) => ({ network, ...one }))),
      ambiguous: [...grouped.ambiguous, ...settled.flatMap((network) => network.ambiguous)],
    });
  };
  const result = await importSource(repository, { kind, id, plan }, request);
  const { warnings = [] } = request;
  return warnings.length === 0 ? result : { ...result, data: { ...result.data, warnings } };
}

/** Every entry, in key order. */
function readAll({ entries, superseded = [], also = [], seen }: ImportRequest): {
  records: LegacyRecord[];
  rejects: LegacyReject[];
} {
  const recover = recovery(olderVersions(superseded, also));
  const records: LegacyRecord[] = [];
  const rejects: LegacyReject[] = [];
  for (const [i, entry] of inKeyOrder(entries).entries()) {
    const read = readEntry(entry);
    if (isReject(read)) rejects.push(read);
    else records.push(recover(read));
    if (i % 200 === 0) seen?.(i);
  }
  return { records, rejects };
}

async function settle(base: BaseState, { network, chainId, records }: NetworkGroup) {
  const path = networkFilePath(base.root, network);
  const file = await fileOf(base, network, chainId);
  return { ...settleNetwork(path, file, records, base.config), network, chainId };
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
