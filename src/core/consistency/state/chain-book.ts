import { knownChains } from '../../config/chains.js';
import type { Config, ConfiguredNetwork } from '../../config/config.js';
import { foldSpelling } from '../../config/spelling.js';
import type { CheckedNetwork } from './checked-network.js';
import { endpointChains } from './endpoint-ids.js';

/** What numbers and spellings of chains mean: the files, the configuration, the table of known chains. */
export type ChainBook = {
  isChain(id: number): boolean;
  /** The chain a number stands for: itself, or the one whose endpoint id it is; null when nobody knows it. */
  chainOf(id: number): number | null;
  /** The chain a spelling belongs to by configuration or table, whatever files say. */
  chainOfName(name: string): number | null;
  /** `bsctestnet`, else `chain 97`. */
  nameOf(chainId: number): string;
  tierOfChain(chainId: number): string | null;
  /** What configuration or table say of a network; null when neither does. */
  tierOf(network: Pick<CheckedNetwork, 'name' | 'chainId'>): string | null;
};

export function chainBook(
  byChain: ReadonlyMap<number, readonly CheckedNetwork[]>,
  config: Config,
  proposed: Config | null,
): ChainBook {
  const names = new Map<string, number>();
  const titles = new Map<number, string>();
  const tiers = new Map<number, string>();
  const ownTiers = new Map<string, string>();
  const files = new Map([...byChain].flatMap(([chainId, same]) => same.map(({ name }) => [name, chainId] as const)));
  const learn = (network: Omit<ConfiguredNetwork, 'environment'>): void => {
    const { name, tier, aliases, chainId = files.get(name) } = network;
    if (tier !== undefined && !ownTiers.has(name)) ownTiers.set(name, tier);
    if (chainId === undefined) return;
    for (const spelling of [name, ...aliases].map(foldSpelling)) if (!names.has(spelling)) names.set(spelling, chainId);
    if (!titles.has(chainId)) titles.set(chainId, name);
    if (tier !== undefined && !tiers.has(chainId)) tiers.set(chainId, tier);
  };
  // Who comes first is believed. What a change proposes comes last: it can only add.
  for (const network of [...config.networks, ...knownChains, ...(proposed?.networks ?? [])]) learn(network);
  const isChain = (id: number): boolean => byChain.has(id) || titles.has(id);
  return {
    isChain,
    chainOf: (id) => (isChain(id) ? id : (endpointChains.get(id) ?? null)),
    chainOfName: (name) => names.get(foldSpelling(name)) ?? null,
    nameOf: (chainId) => byChain.get(chainId)?.[0]?.name ?? titles.get(chainId) ?? `chain ${chainId}`,
    tierOfChain: (chainId) => tiers.get(chainId) ?? null,
    tierOf: ({ name, chainId }) => tiers.get(chainId) ?? ownTiers.get(name) ?? null,
  };
}
