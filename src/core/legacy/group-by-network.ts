import { StateManagerError } from '../../errors.js';
import { type NetworkSources, networkOfChainId, networkOfName } from '../config/resolve-network.js';
import { compareText } from '../equal.js';
import { shown } from '../shown.js';
import { type Ambiguity, type LegacyRecord, type LegacyReject, reject } from './legacy-record.js';

/** What the user says about a source that does not name its network or chain: `--network`, `--chain-id`. */
export type NetworkWish = { readonly network?: string; readonly chainId?: number };

export type NetworkGroup = {
  readonly network: string;
  readonly chainId: number;
  /** In key order. */
  readonly records: readonly LegacyRecord[];
};

/**
 * Which network each record belongs to (CONTRACT §4, `import`), groups ascending by network. All spellings of one
 * chain id are one network; a network without a known chain id goes to quarantine.
 * Throws BAD_USAGE when `--network` alone is given for a source of several chains.
 */
export function groupByNetwork(
  records: readonly LegacyRecord[],
  sources: NetworkSources,
  wish: NetworkWish,
): { groups: NetworkGroup[]; rejects: LegacyReject[]; ambiguous: Ambiguity[] } {
  const rejects: LegacyReject[] = [];
  const placed: Placed[] = [];
  for (const record of records) {
    const place = placeOf(record, sources, wish);
    if ('reason' in place) rejects.push(reject(record, place.reason));
    else placed.push(place);
  }
  const ambiguous: Ambiguity[] = [];
  const networks = new Map<number, string>();
  for (const [chainId, spellings] of spellingsByChain(placed)) {
    const chosen = networkOfChainId(chainId, { ...sources, spellings });
    const wished = wishedNetwork(chainId, networks.size, wish);
    // Two unknown chains may be spelled alike; the name goes to the lower id.
    const isTaken = [...networks.values()].includes(chosen.network);
    const network = wished ?? (isTaken ? `chain-${chainId}` : chosen.network);
    networks.set(chainId, network);
    if (chosen.ambiguous !== undefined) {
      const other = [...chosen.ambiguous.spellings].sort((a, b) => compareText(a.spelling, b.spelling));
      const counts = Object.fromEntries(other.map(({ spelling, count }) => [spelling, count]));
      ambiguous.push({ rule: 'network-spelling', path: String(chainId), kept: network, other: counts });
    }
  }
  const groups = new Map<string, { network: string; chainId: number; records: LegacyRecord[] }>();
  for (const { record, chainId, network: named } of placed) {
    const network = named ?? networks.get(chainId) ?? '';
    const group = groups.get(network) ?? { network, chainId, records: [] };
    group.records.push(record);
    groups.set(network, group);
  }
  return {
    groups: [...groups.values()].sort((a, b) => compareText(a.network, b.network)),
    rejects,
    ambiguous,
  };
}

type Placed = {
  readonly record: LegacyRecord;
  readonly chainId: number;
  /** Where the key itself names a network of ours. */
  readonly network: string | null;
};

/** Ascending by chain id; one spelling per record that has one. */
function spellingsByChain(placed: readonly Placed[]): [number, string[]][] {
  const chains = new Map<number, string[]>();
  for (const { record, chainId } of placed) {
    const spellings = chains.get(chainId) ?? [];
    if (record.spelling !== null) spellings.push(record.spelling);
    chains.set(chainId, spellings);
  }
  return [...chains].sort(([a], [b]) => a - b);
}

function placeOf(
  record: LegacyRecord,
  sources: NetworkSources,
  wish: NetworkWish,
): Placed | { readonly reason: string; readonly chainId?: number } {
  if (record.network === null) {
    return record.chainId === null
      ? { reason: 'the record names no chain' }
      : { record, chainId: record.chainId, network: null };
  }
  const named = namedNetwork(record.network, sources);
  if ('reason' in named) return named;
  if (named.chainId === null) {
    const wished = wish.network === undefined || wish.network === record.network ? wish.chainId : undefined;
    const chainId = record.chainId ?? wished;
    if (chainId !== undefined) return { record, chainId, network: null };
    return { reason: `nobody knows the chain id of network ${shown(record.network)}` };
  }
  if (record.chainId === null || record.chainId === named.chainId)
    return { record, chainId: named.chainId, network: named.network };
  return {
    reason: `chainId is ${record.chainId}, but the key's network ${shown(record.network)} is chain ${named.chainId}`,
  };
}

function namedNetwork(
  name: string,
  sources: NetworkSources,
): { readonly network: string; readonly chainId: number | null } | { readonly reason: string } {
  try {
    return networkOfName(name, sources);
  } catch (error) {
    if (error instanceof StateManagerError) return { reason: error.message };
    throw error;
  }
}

function wishedNetwork(chainId: number, others: number, { network, chainId: only }: NetworkWish): string | null {
  if (network === undefined || (only !== undefined && only !== chainId)) return null;
  if (only !== undefined || others === 0) return network;
  throw new StateManagerError(
    'BAD_USAGE',
    `The source has several chains, and ${shown(network)} can be one of them only`,
    {
      hint: 'say which: --network <name> --chain-id <n>; or leave both out, the keys name the chains',
    },
  );
}
