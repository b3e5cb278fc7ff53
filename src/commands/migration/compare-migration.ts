import { compareNetwork, type KeptIn, type NetworkComparison } from '../../core/compare/compare-network.js';
import { contractKey } from '../../core/compare/contract-key.js';
import {
  type SourceContract,
  type SourceNetworkContracts,
  storeContracts,
} from '../../core/compare/source-contracts.js';
import { compareText } from '../../core/equal.js';
import { networkOfPath, quarantineFolder } from '../../core/layout.js';
import type { LegacyReject } from '../../core/legacy/legacy-record.js';
import { keyText } from '../../core/legacy/key-text.js';
import { type ContractType, toContractType } from '../../core/model/contract-type.js';
import { otherNames } from '../../core/model/lookup.js';
import { type NetworkFile, recordsOf } from '../../core/model/network-file.js';
import type { StateRecord } from '../../core/model/record.js';
import { itemsOf, readQuarantine } from '../../core/quarantine.js';
import { readSnapshot } from '../../core/snapshot.js';
import type { StateFile } from '../../ports/state-repository.js';
import type { BaseState } from '../base-state.js';
import type { PassedOver } from '../plan-import.js';
import { refusalFinding } from '../refusal-finding.js';
import type { Finding } from '../../core/finding.js';
import { consolidate } from './consolidate.js';
import type { MigrationSources } from './consolidation.js';

export type MigrationComparison = {
  /** Ascending by network; what belongs to no network comes last. */
  readonly networks: readonly NetworkComparison[];
  /** Source files that could not be read. */
  readonly passedOver: readonly PassedOver[];
  /** A file of the target that cannot be read hides its records. */
  readonly findings: readonly Finding[];
};

/**
 * What the sources say beside the state at a place. The LevelDB is compared straight from its entries; what other sources say, as all of
 * them together come to it by `consolidate`. Throws CONFIG_INVALID, and what `consolidate` throws.
 */
export async function compareMigration(base: BaseState, sources: MigrationSources): Promise<MigrationComparison> {
  const files = await base.tree.read(await base.tree.paths());
  const { networks: targets, refused } = readSnapshot(files, base.root);
  const store = storeContracts(sources.leveldb?.entries ?? [], { files: [...targets.values()], config: base.config });
  const others = await otherSources(base, sources);
  const keptIn = quarantineOf(files, base.root);
  const own = new Map(store.networks.map((network) => [network.network, network]));
  const names = new Set([...own.keys(), ...others.files.keys(), ...targets.keys()]);
  const networks = [...names].sort(compareText).map((network) => {
    const together = others.files.get(network) ?? null;
    const target = targets.get(network) ?? null;
    return compareNetwork(contractsOf(network, own.get(network), together, target), target, { keptIn, together });
  });
  const isOwn = ownEntries(sources);
  const rejects = [...store.rejects, ...others.rejects.filter((reject) => !isOwn(reject))];
  return {
    networks: rejects.length === 0 ? networks : [...networks, unplaced(rejects, keptIn)],
    passedOver: others.passedOver,
    findings: refused.map(({ path, refusal }) => refusalFinding(path, refusal)),
  };
}

type OtherSources = {
  /** By network: what all sources together come to. */
  readonly files: ReadonlyMap<string, NetworkFile>;
  readonly rejects: readonly LegacyReject[];
  readonly passedOver: readonly PassedOver[];
};

async function otherSources(base: BaseState, sources: MigrationSources): Promise<OtherSources> {
  const { also, json, unified, openzeppelin } = sources;
  const none = [also, json, unified, openzeppelin].every((some) => some.length === 0);
  if (none) return { files: new Map(), rejects: [], passedOver: [] };
  const consolidation = await consolidate(base, sources);
  // What the target holds already must not speak for the sources.
  const onto: BaseState = { ...base, networks: [], network: () => Promise.resolve(null) };
  const files = new Map<string, NetworkFile>();
  const rejects = [...consolidation.rejects];
  for (const network of consolidation.networks) {
    const settled = await consolidation.settle(onto, network);
    files.set(network.network, settled.file);
    rejects.push(...settled.rejects);
  }
  return { files, rejects, passedOver: consolidation.passedOver };
}

/** The contracts of the LevelDB, and of the other sources those that it has not. */
function contractsOf(
  network: string,
  own: SourceNetworkContracts | undefined,
  together: NetworkFile | null,
  target: NetworkFile | null,
): SourceNetworkContracts {
  const known = new Set((own?.contracts ?? []).map(({ contract }) => contract.contractName));
  const others = (together === null ? [] : recordsOf(together)).filter(
    (record) => ![record.name, ...otherNames(record)].some((name) => known.has(name)),
  );
  return {
    network,
    chainId: own?.chainId ?? together?.chainId ?? target?.chainId ?? 0,
    contracts: [...(own?.contracts ?? []), ...others.map(ofSeveral)],
  };
}

/** Where a record came from is said of the record, not of the contract. */
function ofSeveral(record: StateRecord): SourceContract {
  const { contractName, chainId, ...members } = toContractType(record);
  const said = Object.entries(members).filter(([field]) => field !== 'source');
  const contract: ContractType = { contractName, chainId, ...Object.fromEntries(said) };
  return { key: contractKey(contract), raw: null, contract, spellings: [] };
}

/** Whether a reject is an entry of the LevelDB, which is compared already. */
function ownEntries(sources: MigrationSources): (reject: LegacyReject) => boolean {
  const keys = new Set((sources.leveldb?.entries ?? []).map(({ key }) => keyText(key)));
  return ({ key, file }) => file === undefined && keys.has(key);
}

function unplaced(rejects: readonly LegacyReject[], keptIn: KeptIn): NetworkComparison {
  const placed = rejects.map((reject) => ({ reject, file: keptIn(reject.key, reject.raw) }));
  return {
    network: null,
    chainId: null,
    targetCount: 0,
    matches: 0,
    mismatches: [],
    missing: placed.flatMap(({ reject: { key, reason }, file }) =>
      file === null ? [{ key, source: null, reason }] : [],
    ),
    extra: [],
    quarantined: placed.flatMap(({ reject: { key }, file }) => (file === null ? [] : [{ key, file }])),
    added: [],
    settled: [],
    fields: new Map(),
  };
}

/** A file that cannot be read keeps nothing. */
function quarantineOf(files: readonly StateFile[], root: string): KeptIn {
  const folder = `${quarantineFolder(root)}/`;
  const kept = new Map<string, string>();
  for (const { path, bytes } of files) {
    if (networkOfPath(path) !== null || !path.startsWith(folder)) continue;
    const read = readQuarantine(bytes);
    if (!read.ok) continue;
    for (const item of itemsOf(read.root)) {
      const raw = 'raw' in item ? Buffer.from(item.raw, 'utf8') : Buffer.from(item.rawBase64, 'base64');
      kept.set(keptKey(item.key, raw), path);
    }
  }
  return (key, raw) => kept.get(keptKey(key, raw)) ?? null;
}

function keptKey(key: string, raw: Uint8Array): string {
  return `${key}\n${Buffer.from(raw).toString('base64')}`;
}
