/** A network of the sample state; every address and hash of it is invented. */
export type SampleNetwork = {
  readonly network: string;
  readonly chainId: number;
  readonly tier: 'mainnet' | 'testnet';
  /** LayerZero's own number for the chain; null where it is not used. */
  readonly endpointId: number | null;
  readonly protocols: readonly SampleProtocol[];
  readonly contracts: readonly string[];
  /** How deploy scripts of the time called it, for the LevelDB of the demo. */
  readonly legacyName: string;
};

export type SampleProtocol = 'celer' | 'hyperlane' | 'layerZero';

const infrastructure = ['FeeManager', 'ProtocolRegistry', 'SecurityManager', 'CrossChainRouter'];

/** The five networks of the design documents: BSC with all infrastructure, the others with one protocol each. */
export const sampleNetworks: readonly SampleNetwork[] = [
  {
    network: 'basesepolia',
    chainId: 84532,
    tier: 'testnet',
    endpointId: 40245,
    protocols: ['layerZero'],
    contracts: ['LookCoin', 'SupplyOracle', 'LayerZeroModule'],
    legacyName: 'baseSepolia',
  },
  {
    network: 'bscmainnet',
    chainId: 56,
    tier: 'mainnet',
    endpointId: 30102,
    protocols: ['celer', 'layerZero'],
    contracts: ['LookCoin', 'SupplyOracle', 'LayerZeroModule', 'CelerIMModule', ...infrastructure],
    legacyName: 'bsc',
  },
  {
    network: 'bsctestnet',
    chainId: 97,
    tier: 'testnet',
    endpointId: 40102,
    protocols: ['celer', 'hyperlane', 'layerZero'],
    contracts: ['LookCoin', 'SupplyOracle', 'LayerZeroModule', 'CelerIMModule', 'HyperlaneModule', ...infrastructure],
    legacyName: 'bscTestnet',
  },
  {
    network: 'optimismsepolia',
    chainId: 11155420,
    tier: 'testnet',
    endpointId: 40232,
    protocols: ['layerZero'],
    contracts: ['LookCoin', 'SupplyOracle', 'LayerZeroModule'],
    legacyName: 'opSepolia',
  },
  {
    network: 'sapphiretestnet',
    chainId: 23295,
    tier: 'testnet',
    endpointId: null,
    protocols: ['celer'],
    contracts: ['LookCoin', 'SupplyOracle', 'CelerIMModule'],
    legacyName: 'sapphireTestnet',
  },
];

/** The networks of the same tier that speak one of this network's protocols, with the protocols both speak. */
export function samplePeers(
  network: SampleNetwork,
): { readonly peer: SampleNetwork; readonly shared: readonly SampleProtocol[] }[] {
  return sampleNetworks.flatMap((peer) => {
    const shared = peer.protocols.filter((protocol) => network.protocols.includes(protocol));
    return peer === network || peer.tier !== network.tier || shared.length === 0 ? [] : [{ peer, shared }];
  });
}
