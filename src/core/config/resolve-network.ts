import { compareText } from '../equal.js';
import { assertNetworkName, networkNameProblem } from '../model/names.js';
import type { NetworkFile } from '../model/network-file.js';
import { type KnownChain, knownChains } from './chains.js';
import type { Config, ConfiguredNetwork } from './config.js';
import { foldSpelling } from './spelling.js';

/** What is known about networks: the files that are here, and the configuration. */
export type NetworkSources = { readonly files: readonly NetworkFile[]; readonly config: Config };

export type NamedNetwork = { readonly network: string; readonly chainId: number | null };

/**
 * The network a spelling means: a file's exact name, then a name or alias of the configuration, then a known chain (under
 * the name it has here), else the spelling itself. `chainId` is null for a network nobody knows yet.
 * Throws NETWORK_NAME_INVALID when the spelling is nothing of that and cannot name a file either.
 */
export function networkOfName(name: string, { files, config }: NetworkSources): NamedNetwork {
  const here = files.find((file) => file.network === name);
  if (here !== undefined) return { network: here.network, chainId: here.chainId };
  const configured = configuredNetwork(name, config);
  if (configured !== undefined) return withChainId(configured, files);
  const known = knownChainNamed(name);
  if (known !== undefined) {
    const { network } = networkOfChainId(known.chainId, { files, config, spellings: [known.name] });
    return { network, chainId: known.chainId };
  }
  assertNetworkName(name);
  return { network: name, chainId: null };
}

/** The known chain that a spelling means. */
export function knownChainNamed(name: string): KnownChain | undefined {
  return knownChains.find((chain) => [chain.name, ...chain.aliases].some((other) => sameSpelling(other, name)));
}

export type ChainNetwork = {
  readonly network: string;
  /** Present when the spellings disagree, with each other or with the network chosen: all of them, commonest first. */
  readonly ambiguous?: { readonly spellings: readonly { readonly spelling: string; readonly count: number }[] };
};

/**
 * The network of a chain id (CONTRACT §4, `import`): its file here, else configuration, else the built-in table, else
 * the commonest valid spelling in lower case, else `chain-<id>`. A name that belongs to another chain's file is passed
 * over. `spellings` are those of the source, one per record.
 */
export function networkOfChainId(
  chainId: number,
  { files, config, spellings }: NetworkSources & { readonly spellings: readonly string[] },
): ChainNetwork {
  const counted = countSpellings(spellings);
  const candidates = [
    mainOf(
      files.filter((file) => file.chainId === chainId).map((file) => ({ name: file.network, ...environmentOf(file) })),
    ),
    mainOf(config.networks.filter((network) => network.chainId === chainId)),
    knownChains.find((chain) => chain.chainId === chainId)?.name,
    commonestName(counted),
  ];
  const isFree = (name: string) => files.every((file) => file.network !== name || file.chainId === chainId);
  const network = candidates.find((name) => name !== undefined && isFree(name)) ?? `chain-${chainId}`;
  const disagree = counted.length > 1 || counted.some(({ spelling }) => !means(spelling, network, chainId, config));
  return disagree ? { network, ambiguous: { spellings: counted } } : { network };
}

/** `mainnet`, `testnet` or `dev` as far as configuration or the table of known chains says. */
export function tierOf(network: string, chainId: number, config: Config): string | undefined {
  const configured = config.networks.find((entry) => entry.name === network);
  return configured?.tier ?? knownChains.find((chain) => chain.chainId === chainId)?.tier;
}

function configuredNetwork(name: string, config: Config): ConfiguredNetwork | undefined {
  return (
    config.networks.find((network) => network.name === name) ??
    config.networks.find((network) => [network.name, ...network.aliases].some((other) => sameSpelling(other, name)))
  );
}

function withChainId(configured: ConfiguredNetwork, files: readonly NetworkFile[]): NamedNetwork {
  const here = files.find((file) => file.network === configured.name);
  return { network: configured.name, chainId: here?.chainId ?? configured.chainId ?? null };
}

/** The main environment wins; another one only where it is alone (FORMAT §1.3). */
function mainOf(networks: readonly { readonly name: string; readonly environment?: string }[]): string | undefined {
  const main = networks.filter((network) => network.environment === undefined);
  const chosen = main.length > 0 ? main : networks.length === 1 ? networks : [];
  return chosen.map((network) => network.name).sort(compareText)[0];
}

function environmentOf(file: NetworkFile): { environment?: string } {
  const environment = Object.hasOwn(file.root, 'environment') ? file.root['environment'] : undefined;
  return typeof environment === 'string' ? { environment } : {};
}

function countSpellings(spellings: readonly string[]): { spelling: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const spelling of spellings) {
    if (spelling !== '') counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
  }
  return [...counts]
    .map(([spelling, count]) => ({ spelling, count }))
    .sort((a, b) => b.count - a.count || compareText(a.spelling, b.spelling));
}

/** Spellings that differ in case only count together: they would be one file. */
function commonestName(counted: readonly { spelling: string; count: number }[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { spelling, count } of counted) {
    const name = spelling.toLowerCase();
    if (networkNameProblem(name) === null) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || compareText(a, b))[0]?.[0];
}

function means(spelling: string, network: string, chainId: number, config: Config): boolean {
  if (sameSpelling(spelling, network)) return true;
  const known = knownChains.find((chain) => chain.chainId === chainId);
  const configured = config.networks.find((entry) => entry.name === network);
  const names = [...(known === undefined ? [] : [known.name, ...known.aliases]), ...(configured?.aliases ?? [])];
  return names.some((name) => sameSpelling(name, spelling));
}

function sameSpelling(a: string, b: string): boolean {
  return foldSpelling(a) === foldSpelling(b);
}
