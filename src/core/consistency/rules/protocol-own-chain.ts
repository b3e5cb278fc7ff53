import { foldSpelling } from '../../config/spelling.js';
import { pointer } from '../../text/pointer.js';
import type { ConsistencyRule, Problem } from '../rule.js';
import { type CheckedNetwork, placeIn, type ProtocolSettings } from '../state/checked-network.js';
import { endpointsOfChain } from '../state/endpoint-ids.js';

const celer = (celerChainId: number) => ({ configuration: { protocols: { celer: { celerChainId } } } });

export const protocolOwnChain: ConsistencyRule = {
  id: 'protocol/own-chain',
  severity: 'error',
  title: "A protocol's own number of the chain is another chain's",
  meaning:
    'celerChainId and hyperlaneChainId are the chain id, lzChainId is the LayerZero endpoint id of the chain, and chainId under layerZero is either. 0 under a protocol that is enabled is a warning; under one that is not it says unused.',
  remedy: 'Write the number that the protocol gives this chain.',
  fires: { networks: { bsctestnet: celer(56) } },
  silent: { networks: { bsctestnet: celer(97) } },
  find: ({ networks, chains }) =>
    networks.flatMap((network) => {
      if (network.chainId === 0) return [];
      const enabled = new Set(network.enabled?.map(({ folded }) => folded));
      return [...network.settings.values()].flatMap((settings) =>
        numbersOf(settings, network).flatMap(({ key, value, right }): Problem[] => {
          const [first] = right;
          if (first === undefined || right.includes(value) || (value === 0 && !enabled.has(settings.folded))) return [];
          const owner = value === 0 ? null : chains.chainOf(value);
          const whose = owner === null || owner === network.chainId ? '' : `, which is ${chains.nameOf(owner)}`;
          return [
            {
              place: placeIn(network, settings.path + pointer(key)),
              message: `${key} of ${network.name} is ${value}${whose}; it should be ${right.join(' or ')}`,
              ...(value === 0 ? { severity: 'warning' } : {}),
            },
          ];
        }),
      );
    }),
};

/** The members of a protocol that number this chain, and what they should be; nothing where that is not known. */
function numbersOf(
  { folded, value }: ProtocolSettings,
  { chainId }: CheckedNetwork,
): { key: string; value: number; right: readonly number[] }[] {
  return Object.entries(value).flatMap(([key, number]) => {
    if (typeof number !== 'number') return [];
    const name = foldSpelling(key);
    if (name === 'lzchainid' || name === 'endpointid' || name === 'eid') {
      return folded === 'layerzero' ? [{ key, value: number, right: endpointsOfChain.get(chainId) ?? [] }] : [];
    }
    if (name !== 'chainid' && name !== `${folded}chainid`) return [];
    // Document 000 has the endpoint id under this name.
    const endpoints = folded === 'layerzero' ? (endpointsOfChain.get(chainId) ?? []) : [];
    return [{ key, value: number, right: [...endpoints, chainId] }];
  });
}
