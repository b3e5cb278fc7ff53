import type { NetworkSources } from '../config/resolve-network.js';
import type { LegacyEntry } from '../legacy/entry.js';
import { groupByNetwork } from '../legacy/group-by-network.js';
import type { LegacyRecord, LegacyReject } from '../legacy/legacy-record.js';
import { isReject, readEntry } from '../legacy/read-entry.js';
import { inKeyOrder } from '../legacy/source-id.js';
import type { ContractType } from '../model/contract-type.js';

/** One contract as a source has it. */
export type SourceContract = {
  /** The database key as text; `<chainId>-<contractName>` where the source is files. */
  readonly key: string;
  /** The value word for word; null where the source is files. */
  readonly raw: Uint8Array | null;
  /** Addresses, hashes and times as FORMAT §8 has them. */
  readonly contract: ContractType;
  /** Other spellings of its network that it may name as `network`. */
  readonly spellings: readonly string[];
};

export type SourceNetworkContracts = {
  readonly network: string;
  readonly chainId: number;
  readonly contracts: readonly SourceContract[];
};

/**
 * What a LevelDB says, straight from its entries: nothing that imports or migrates is asked, so that a comparison finds what
 * they lose. Ascending by network; `rejects` are the entries that name no contract.
 */
export function storeContracts(
  entries: readonly LegacyEntry[],
  sources: NetworkSources,
): { readonly networks: readonly SourceNetworkContracts[]; readonly rejects: readonly LegacyReject[] } {
  const records: LegacyRecord[] = [];
  const rejects: LegacyReject[] = [];
  for (const entry of inKeyOrder(entries)) {
    const read = readEntry(entry);
    if (isReject(read)) rejects.push(read);
    else records.push(read);
  }
  const grouped = groupByNetwork(records, sources, {});
  return {
    networks: grouped.groups.map(({ network, chainId, records: own }) => ({
      network,
      chainId,
      contracts: own.map((record) => sourceContract(record, chainId)),
    })),
    rejects: [...rejects, ...grouped.rejects],
  };
}

function sourceContract(record: LegacyRecord, chainId: number): SourceContract {
  const { key, raw, contractName, spelling, network, fields } = record;
  return {
    key,
    raw,
    contract: { ...fields, contractName, chainId, ...(spelling === null ? {} : { networkName: spelling }) },
    spellings: [spelling, network].filter((name) => name !== null),
  };
}
