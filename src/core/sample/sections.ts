import type { Json, JsonObject } from '../json.js';
import { sampleProxy, sampleService } from './entries.js';
import { samplePeers, type SampleNetwork, type SampleProtocol } from './networks.js';

/** The sections of a sample network file (FORMAT §3): what the records alone do not say, and consistent with them. */
export function sampleSections(network: SampleNetwork): { metadata: Json; configuration: Json; topology: Json } {
  return { metadata: metadataOf(network), configuration: configurationOf(network), topology: topologyOf(network) };
}

function metadataOf(network: SampleNetwork): JsonObject {
  return {
    deployer: sampleService(network, 'deployer'),
    deploymentMode: network.protocols.length > 1 ? 'multi-protocol' : 'standard',
    protocolsDeployed: network.protocols,
    protocolsEnabled: network.protocols,
  };
}

function configurationOf(network: SampleNetwork): JsonObject {
  const guarded = network.contracts.includes('SecurityManager');
  return {
    governance: { vault: sampleService(network, 'governance') },
    protocols: Object.fromEntries(network.protocols.map((protocol) => [protocol, protocolOf(network, protocol)])),
    security: {
      emergencyDelay: 86_400,
      pauseEnabled: true,
      ...(guarded ? { dailyLimit: { _type: 'bigint', _value: '20000000000000000000000000' } } : {}),
    },
    supplyOracle: { operators: [], reconciliationInterval: 900, requiredSignatures: 3, toleranceThreshold: 100 },
  };
}

function protocolOf(network: SampleNetwork, protocol: SampleProtocol): JsonObject {
  const remotes = samplePeers(network)
    .filter(({ shared }) => shared.includes(protocol))
    .map(({ peer }) => remoteOf(peer, protocol));
  switch (protocol) {
    case 'layerZero':
      return {
        endpoint: sampleService(network, 'layerZero endpoint'),
        ...(network.endpointId === null ? {} : { lzChainId: network.endpointId }),
        remotes,
      };
    case 'celer':
      return { celerChainId: network.chainId, messageBus: sampleService(network, 'celer messageBus'), remotes };
    case 'hyperlane':
      return {
        gasPaymaster: sampleService(network, 'hyperlane gasPaymaster'),
        hyperlaneChainId: network.chainId,
        mailbox: sampleService(network, 'hyperlane mailbox'),
        remotes,
      };
  }
}

function remoteOf(peer: SampleNetwork, protocol: SampleProtocol): JsonObject {
  return {
    chainId: peer.chainId,
    ...(protocol === 'layerZero' && peer.endpointId !== null ? { lzChainId: peer.endpointId } : {}),
    lookCoin: sampleProxy(peer, 'LookCoin'),
    network: peer.network,
    networkTier: peer.tier,
    status: 'active',
  };
}

function topologyOf(network: SampleNetwork): JsonObject {
  return {
    connectedChains: samplePeers(network).map(({ peer, shared }) => ({
      chainId: peer.chainId,
      isHomeChain: peer.network.startsWith('bsc'),
      network: peer.network,
      networkTier: peer.tier,
      protocols: shared.map((name) => ({ lookCoin: sampleProxy(peer, 'LookCoin'), name, status: 'active' })),
    })),
    tierValidation: { crossTierAllowed: false, crossTierDetected: false },
  };
}
