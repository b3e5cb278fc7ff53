import type { Json, JsonObject } from '../../src/core/json.js';
import { address, codeHash } from './deployments.js';

/** Made-up files of the forms before 3.0, one network each unless it says otherwise. */

export function v1File(more: JsonObject = {}): JsonObject {
  return {
    network: 'bsctestnet',
    chainId: 97,
    deployer: address('deployer'),
    timestamp: '2025-08-01T20:18:50.055Z',
    deploymentMode: 'multi-protocol',
    protocolsDeployed: ['layerZero', 'celer'],
    contracts: {
      Token: { proxy: address('token proxy'), implementation: address('token') },
      CelerIMModule: { proxy: address('celer proxy'), implementation: address('celer') },
      'contracts/xchain/Router.sol:Router': { proxy: address('router proxy'), implementation: address('router') },
    },
    config: {
      layerZeroEndpoint: address('endpoint').toLowerCase(),
      celerMessageBus: zero,
      governanceVault: address('vault').toLowerCase(),
      gasLimit: 200000,
    },
    implementationHashes: { Token: codeHash(1), CelerIMModule: 'pending', Gone: codeHash(2) },
    lastDeployed: '2025-08-01T20:18:50.055Z',
    lastUpgraded: '2025-08-13T06:51:47.649Z',
    protocolContracts: { celerIMModule: address('celer proxy'), layerZeroModule: address('lz proxy') },
    infrastructureContracts: { router: address('router proxy'), feeManager: address('fees proxy') },
    ...more,
  };
}

export function configFile(more: JsonObject = {}): JsonObject {
  return {
    chainId: 97,
    network: 'bsctestnet',
    networkTier: 'testnet',
    deploymentMode: 'multi-protocol',
    timestamp: '2025-08-01T20:08:25.054Z',
    tierValidation: { crossTierAllowed: false, crossTierDetected: false, overrideMethod: 'none' },
    protocolsConfigured: [{ protocol: 'LayerZero', configured: false, details: 'Already configured' }],
    layerZeroRemotes: [{ chainId: 40245, networkTier: 'testnet', lookCoin: address('far') }],
    celerRemotes: [],
    supplyOracleConfig: { reconciliationInterval: '900 seconds', toleranceThreshold: '100 basis points' },
    hyperlaneStatus: 'not ready',
    ...more,
  };
}

export function enhancedFile(more: JsonObject = {}): JsonObject {
  return {
    schemaVersion: '2.0.0',
    network: 'bsctestnet',
    chainId: 97,
    metadata: {
      deployer: address('deployer'),
      timestamp: '2025-08-01T20:18:50.055Z',
      lastUpdated: '2025-08-12T10:00:00.000Z',
      deploymentMode: 'multi-protocol',
      protocolsEnabled: ['layerZero'],
      networkTier: 'testnet',
      migrationHistory: [{ from: '1.0.0', to: '2.0.0' }],
    },
    contracts: {
      core: { Token: { proxy: address('token proxy'), implementation: address('token') } },
      protocol: { LayerZeroModule: { address: address('lz proxy') } },
      infrastructure: { FeeManager: { proxy: address('fees proxy'), implementation: zero } },
    },
    configuration: {
      governance: { vault: address('vault') },
      security: { pauseGuardians: [address('guard')] },
    },
    topology: {
      connectedChains: [{ chainId: 56, networkName: 'bscmainnet', protocols: ['layerZero'] }],
      routingPaths: { 56: { preferred: 'layerZero', fallback: ['celer'], max: { type: 'BigInt', value: big } } },
    },
    verification: {
      implementationHashes: { Token: codeHash(1) },
      constructorArgs: { Token: [address('deployer'), { type: 'BigInt', value: '5000000000000000000000000000' }] },
    },
    performance: { cacheConfig: { ttl: 300, maxSize: 1000 }, indexing: { contractsByName: {} } },
    legacy: { v1Compatible: { network: 'bsctestnet', contracts: { Token: address('token proxy') } } },
    ...more,
  };
}

export function v2File(more: JsonObject = {}): JsonObject {
  return {
    version: '2.0.0',
    network: 'BSC Testnet',
    chainId: 97,
    timestamp: '2025-08-12T10:30:00.000Z',
    deploymentMode: 'multi-protocol',
    protocols: { layerZero: { endpoint: address('endpoint'), dvnConfigs: [{ gas: '200000' }] } },
    contracts: {
      [address('token proxy')]: {
        name: 'Token',
        address: address('token proxy'),
        deployedAt: '1723456789123456789',
        implementationHash: codeHash(1),
        constructorArgs: ['Token', { _type: 'bigint', _value: big }],
        proxy: {
          proxyAddress: address('token proxy'),
          implementationAddress: address('token'),
          admin: address('admin'),
        },
        metadata: { contractType: 'core', upgradeable: true },
      },
      [address('plain').toLowerCase()]: { name: 'Plain', address: address('plain'), deployedAt: '1723456789123' },
    },
    ...more,
  };
}

export function stateFile(checkpoint: Json): JsonObject {
  return {
    network: 'bsctestnet',
    chainId: 97,
    deployer: address('deployer'),
    startTime: '2025-08-01T20:08:25.054Z',
    steps: [{ name: 'CoreContracts', status: 'pending' }],
    checkpoint,
  };
}

export function exportFile(more: JsonObject = {}): JsonObject {
  return {
    format: 'json',
    exportTime: '2025-08-12T10:30:00.000Z',
    totalContracts: 2,
    contracts: {
      '97-Token': contract('Token', 97, 'bscTestnet'),
      '56-contracts/xchain/Router.sol:Router': contract('contracts/xchain/Router.sol:Router', 56, 'bsc'),
    },
    ...more,
  };
}

export const zero = `0x${'0'.repeat(40)}`;
const big = '5000000000000000000000000';

function contract(contractName: string, chainId: number, networkName: string): JsonObject {
  return {
    contractName,
    chainId,
    networkName,
    address: address(contractName),
    proxyAddress: address(`${contractName} proxy`),
    factoryByteCodeHash: codeHash(contractName),
    implementationHash: codeHash(contractName),
    deploymentArgs: [address('deployer'), '1000000000000000000000000000', [97, 56]],
    timestamp: 1754079530056,
  };
}
