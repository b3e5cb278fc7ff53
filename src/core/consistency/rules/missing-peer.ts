import { compareText } from '../../equal.js';
import { grouped } from '../../grouped.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn } from '../state/checked-network.js';
import type { CheckedState } from '../state/checked-state.js';
import { linksOf } from '../state/links.js';

const celer = { metadata: { protocolsEnabled: ['celer'] } };

export const missingPeer: ConsistencyRule = {
  id: 'topology/missing-peer',
  severity: 'warning',
  title: 'Two networks that speak one protocol are not connected',
  meaning:
    'Both enable the protocol, are of one tier, and neither lists the other, in topology.connectedChains or among the remotes of the protocol. Shown at the network with fewer connections.',
  remedy: 'Connect them at both ends, or disable the protocol on one.',
  fires: { networks: { bsctestnet: celer, sapphiretestnet: celer } },
  silent: {
    networks: {
      bscmainnet: celer,
      bsctestnet: celer,
      sapphiretestnet: { ...celer, topology: { connectedChains: [{ chainId: 97, protocols: ['celer'] }] } },
    },
  },
  find: (state) => {
    // Of two files of one chain only the first stands for it: they are no peers of each other.
    const isFirst = (network: CheckedNetwork): boolean =>
      state.byChain.get(network.chainId)?.find(({ environment }) => environment === network.environment) === network;
    const uses = state.networks
      .filter(isFirst)
      .flatMap((network) =>
        (network.enabled ?? []).map(({ name, folded }) => ({ network, name, folded, tier: state.tierOf(network) })),
      );
    const known = uses.filter(({ tier }) => tier !== null);
    const groups = grouped(known, ({ folded, tier, network }) => JSON.stringify([folded, tier, network.environment]));
    const links = protocolLinks(state);
    return [...groups.values()].flatMap((same) => unconnected(same, links));
  },
};

type Use = { readonly network: CheckedNetwork; readonly name: string; readonly folded: string };
type Links = ReadonlyMap<CheckedNetwork, ReadonlyMap<string, ReadonlySet<CheckedNetwork>>>;

/** Who is connected with whom by which protocol, whichever end says so; `''` stands for a peer without protocols. */
function protocolLinks(state: CheckedState): Links {
  const links = new Map(state.networks.map((network) => [network, new Map<string, Set<CheckedNetwork>>()]));
  const add = (from: CheckedNetwork, protocol: string, to: CheckedNetwork): void => {
    const own = links.get(from);
    const known = own?.get(protocol);
    if (known === undefined) own?.set(protocol, new Set([to]));
    else known.add(to);
  };
  for (const network of state.networks) {
    for (const { peer, target } of linksOf(network, state)) {
      if (target === null) continue;
      for (const protocol of peer.protocols.size === 0 ? [''] : peer.protocols.keys()) {
        add(network, protocol, target);
        add(target, protocol, network);
      }
    }
  }
  return links;
}

/**
 * A pair that is not connected is counted at the one that comes later here: linear in networks and links, where looking at
 * each pair would be quadratic.
 */
function unconnected(uses: readonly Use[], links: Links): Problem[] {
  const peersOf = ({ network, folded }: Use): ReadonlySet<CheckedNetwork> => {
    const own = links.get(network);
    return new Set([...(own?.get(folded) ?? []), ...(own?.get('') ?? [])]);
  };
  const ranked = [...new Map(uses.map((use) => [use.network, use])).values()]
    .map((use) => ({ ...use, peers: peersOf(use) }))
    .sort((a, b) => b.peers.size - a.peers.size || compareText(a.network.name, b.network.name));
  const places = new Map(ranked.map(({ network }, at) => [network, at]));
  return ranked.flatMap(({ network, name, peers }, at): Problem[] => {
    const connected = [...peers].filter((peer) => (places.get(peer) ?? at) < at).length;
    const missing = at - connected;
    const first = ranked.find((other) => !peers.has(other.network) && other.network !== network)?.network;
    if (missing === 0 || first === undefined) return [];
    const more = missing === 1 ? '' : `; the same with ${missing - 1} more`;
    return [
      {
        place: placeIn(network, pointer('metadata', 'protocolsEnabled')),
        message: `${network.name} and ${first.name} both enable ${name} and neither lists the other${more}`,
        related: [placeIn(first, pointer('metadata', 'protocolsEnabled'))],
      },
    ];
  });
}
