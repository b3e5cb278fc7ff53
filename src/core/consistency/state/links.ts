import type { CheckedNetwork } from './checked-network.js';
import type { CheckedState } from './checked-state.js';
import type { Peer } from './peers.js';

/** A peer, and what its number stands for here. */
export type Link = {
  readonly peer: Peer;
  /** Null when nobody knows the number. */
  readonly chainId: number | null;
  /** Its file here, of the same environment where there are several; null when there is none. */
  readonly target: CheckedNetwork | null;
};

/** Every peer of a network, those of `topology.connectedChains` first. */
export function linksOf(
  network: CheckedNetwork,
  { chains, byChain }: Pick<CheckedState, 'chains' | 'byChain'>,
): Link[] {
  return network.peers.map((peer) => {
    const chainId = chains.chainOf(peer.chainId);
    const files = chainId === null ? [] : (byChain.get(chainId) ?? []);
    const target = files.find(({ environment }) => environment === network.environment) ?? files[0] ?? null;
    return { peer, chainId, target };
  });
}

/** Chain ids a network says it is connected to, whichever list says it. */
export function linkedChains(links: readonly Link[]): Set<number> {
  return new Set(links.flatMap(({ chainId }) => (chainId === null ? [] : [chainId])));
}

/** Dev networks and testnets may be connected; a tier nobody knows is not judged. */
export function areCompatible(a: string | null, b: string | null): boolean {
  const rank = (tier: string): string => (tier === 'dev' ? 'testnet' : tier);
  return a === null || b === null || rank(a) === rank(b);
}
