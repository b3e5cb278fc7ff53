import { type Config, defaultConfig } from '../../config/config.js';
import { compareText } from '../../equal.js';
import { grouped } from '../../grouped.js';
import { member } from '../../json.js';
import { networkFilePathOf } from '../../layout.js';
import type { Snapshot } from '../../snapshot.js';
import type { CheckedNetwork } from './checked-network.js';
import { checkedNetwork } from './checked-network.js';
import { type ChainBook, chainBook } from './chain-book.js';
import { type Manifest, readManifest } from './manifest.js';

export type CheckOptions = {
  /** The state root, relative to the repository root. Default `''`. */
  readonly root?: string;
  /** The configuration that judges: severities, waivers, networks. Default: the built-in one. */
  readonly config?: Config;
  /** The configuration of what is judged, where another one judges it (CONTRACT §8). */
  readonly proposed?: Config;
  /** OpenZeppelin manifests, by path. */
  readonly manifests?: readonly { readonly path: string; readonly bytes: Uint8Array }[];
  /** Paths of other files in the folder of the network files. */
  readonly strays?: readonly string[];
  /** The time, ms since 1970. Without it nothing is in the future and no waiver expires. */
  readonly now?: number;
  /** The bytes of files by path: findings in one that is missing have no line and column. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
};

/** A snapshot with what surrounds it, indexed once for all rules. */
export type CheckedState = {
  readonly root: string;
  /** Ascending by the name of the file. */
  readonly networks: readonly CheckedNetwork[];
  readonly byChain: ReadonlyMap<number, readonly CheckedNetwork[]>;
  readonly chains: ChainBook;
  readonly config: Config;
  readonly proposed: Config | null;
  readonly manifests: readonly Manifest[];
  readonly strays: readonly string[];
  readonly now: number | null;
  /** The rules that can be configured. */
  readonly ruleIds: ReadonlySet<string>;
  /** `mainnet`, `testnet`, `dev` or another word; null when nobody says. */
  tierOf(network: CheckedNetwork): string | null;
};

/** `reuse` is another state of the same root: its networks serve again where the very same file was read. */
export function checkedState(
  snapshot: Snapshot,
  options: CheckOptions,
  ruleIds: ReadonlySet<string>,
  reuse?: CheckedState,
): CheckedState {
  const { root = '', config = defaultConfig, proposed = null, manifests = [], strays = [], now = null } = options;
  const before = new Map(reuse?.networks.map((network) => [network.source, network]));
  const networks = [...snapshot.networks].map(
    ([name, file]) => before.get(file) ?? checkedNetwork(name, networkFilePathOf(root, name), file),
  );
  const byChain = grouped(networks, ({ chainId }) => chainId);
  const chains = chainBook(byChain, config, proposed);
  // Where two files claim one chain, the one that is called as the chain is called stands for it.
  for (const [chainId, files] of byChain) {
    const isStranger = ({ name }: CheckedNetwork): number => (chains.chainOfName(name) === chainId ? 0 : 1);
    files.sort((a, b) => isStranger(a) - isStranger(b) || compareText(a.name, b.name));
  }
  const tiers = new Map(networks.map((network) => [network, tier(network, chains)]));
  const read = new Map(reuse?.manifests.map((manifest) => [manifest.bytes, manifest]));
  return {
    root,
    networks,
    byChain,
    chains,
    config,
    proposed,
    manifests: manifests.map(({ path, bytes }) => read.get(bytes) ?? readManifest(path, bytes, chains)),
    strays,
    now,
    ruleIds,
    tierOf: (network) => tiers.get(network) ?? null,
  };
}

/** The chain's own tier counts: a file cannot declare a mainnet to be something else. */
function tier(network: CheckedNetwork, chains: ChainBook): string | null {
  const said = member(network.root, 'networkTier');
  return chains.tierOf(network) ?? (typeof said === 'string' && said !== '' ? said : null);
}
