import { compareText } from '../equal.js';
import type { CheckedNetwork } from '../consistency/state/checked-network.js';
import type { CheckedState } from '../consistency/state/checked-state.js';
import { areCompatible, linksOf } from '../consistency/state/links.js';

/** Two networks here of which one at least says that it is connected to the other. */
export type Connection = {
  /** Who says it; of two that say it the one whose name comes first. */
  readonly from: string;
  readonly to: string;
  readonly mutual: boolean;
  /** One is a mainnet, the other is none. */
  readonly crossTier: boolean;
  /** Names as the files have them, ascending. */
  readonly protocols: readonly string[];
};

/** A number that a network lists as a peer, and no network here is that chain. */
export type Elsewhere = {
  readonly network: string;
  readonly chainId: number;
  /** What the chain is called; null when nobody knows the number. */
  readonly name: string | null;
};

/** What the network files say about each other; both lists by name. */
export function connectionsOf(state: CheckedState): {
  readonly connections: readonly Connection[];
  readonly elsewhere: readonly Elsewhere[];
} {
  const said = new Map<string, Said>();
  const elsewhere = new Map<string, Elsewhere>();
  for (const network of state.networks) {
    for (const { peer, chainId, target } of linksOf(network, state)) {
      if (target === null) {
        const name = chainId === null ? null : state.chains.nameOf(chainId);
        elsewhere.set(keyOf(network.name, String(peer.chainId)), {
          network: network.name,
          chainId: peer.chainId,
          name,
        });
      } else if (target !== network) {
        const known = said.get(keyOf(network.name, target.name)) ?? { network, target, protocols: new Map() };
        for (const [folded, { name }] of peer.protocols) known.protocols.set(folded, name);
        said.set(keyOf(network.name, target.name), known);
      }
    }
  }
  const connections = [...said.values()].flatMap((one): Connection[] => {
    const { network, target } = one;
    const answer = said.get(keyOf(target.name, network.name));
    // Of a pair the first one speaks for both.
    if (answer !== undefined && compareText(network.name, target.name) > 0) return [];
    return [
      {
        from: network.name,
        to: target.name,
        mutual: answer !== undefined,
        crossTier: !areCompatible(state.tierOf(network), state.tierOf(target)),
        protocols: [...new Map([...(answer?.protocols ?? []), ...one.protocols]).values()].sort(compareText),
      },
    ];
  });
  return {
    connections: connections.sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to)),
    elsewhere: [...elsewhere.values()].sort((a, b) => compareText(a.network, b.network) || a.chainId - b.chainId),
  };
}

type Said = {
  readonly network: CheckedNetwork;
  readonly target: CheckedNetwork;
  readonly protocols: Map<string, string>;
};

function keyOf(a: string, b: string): string {
  return JSON.stringify([a, b]);
}
