import type { Json, JsonObject } from '../json.js';
import { inventedAddress, inventedHash } from './invented.js';
import { samplePeers, type SampleNetwork, sampleNetworks } from './networks.js';

/** One entry of a LevelDB as deploy scripts wrote it: `<chainId>-<contractName>` and the text of a ContractType. */
export type SampleEntry = { readonly key: string; readonly value: string };

const firstDeployment = Date.UTC(2025, 6, 24, 8, 0, 0);
const zeroAddress = `0x${'0'.repeat(40)}`;
const unlimited = '5000000000000000000000000000';

/**
 * The sample state as the LevelDB it might have come from, by key: 26 records with the quirks of real ones, two
 * spellings of a network and a fully-qualified contract name.
 */
export function sampleEntries(): SampleEntry[] {
  return sampleNetworks.flatMap(entriesOf).sort((a, b) => (a.key < b.key ? -1 : 1));
}

export function sampleProxy(network: SampleNetwork, contract: string): string {
  return inventedAddress(network.network, contract, 'proxy');
}

/** A contract of somebody else that ours talk to: a LayerZero endpoint, a multisig. */
export function sampleService(network: SampleNetwork, service: string): string {
  return inventedAddress(network.network, 'service', service);
}

function entriesOf(network: SampleNetwork): SampleEntry[] {
  return network.contracts.map((contract, i) => {
    const name = contract === 'CrossChainRouter' ? 'contracts/xchain/CrossChainRouter.sol:CrossChainRouter' : contract;
    const codeHash = inventedHash(contract, 'code');
    const value: JsonObject = {
      contractName: name,
      chainId: network.chainId,
      // The core was deployed with a later script, which used the names of today.
      networkName: i < 2 ? network.network : network.legacyName,
      address: inventedAddress(network.network, contract, 'implementation'),
      factoryByteCodeHash: codeHash,
      implementationHash: codeHash,
      proxyAddress: sampleProxy(network, contract),
      deploymentArgs: argumentsOf(network, contract),
      timestamp: firstDeployment + sampleNetworks.indexOf(network) * 3_600_000 + i * 17_250,
    };
    return { key: `${network.chainId}-${name}`, value: JSON.stringify(value) };
  });
}

function argumentsOf(network: SampleNetwork, contract: string): Json[] {
  const admin = sampleService(network, 'governance');
  const token = sampleProxy(network, 'LookCoin');
  const endpoint = network.endpointId === null ? zeroAddress : sampleService(network, 'layerZero endpoint');
  switch (contract) {
    case 'LookCoin':
      return [admin, endpoint];
    case 'SupplyOracle':
      return [admin, unlimited, chainsOf(network)];
    case 'LayerZeroModule':
      return [token, endpoint, admin];
    case 'CelerIMModule':
      return [sampleService(network, 'celer messageBus'), token, admin];
    case 'HyperlaneModule':
      return [
        token,
        sampleService(network, 'hyperlane mailbox'),
        sampleService(network, 'hyperlane gasPaymaster'),
        admin,
      ];
    case 'SecurityManager':
      return [admin, '20000000000000000000000000'];
    case 'CrossChainRouter':
      return [token, sampleProxy(network, 'FeeManager'), sampleProxy(network, 'SecurityManager'), admin];
    default:
      return [admin];
  }
}

/** The chains whose supply the oracle adds up: its own and its peers. */
function chainsOf(network: SampleNetwork): number[] {
  return [network.chainId, ...samplePeers(network).map(({ peer }) => peer.chainId)].sort((a, b) => a - b);
}
