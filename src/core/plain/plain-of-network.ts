import { isObject, type Json, type JsonObject, member } from '../json.js';
import { toContractType } from '../model/contract-type.js';
import { type NetworkFile, recordsOf } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { tagBigints } from '../values/bigint.js';
import { objectIn } from './members.js';
import { latestTime } from './migrate-form.js';
import { putPlain } from './plain-contracts.js';
import type { PlainFile } from './plain-file.js';

/**
 * A network file as a plain file: its records as ContractType, without the checksums, which would no longer hold after an old
 * script wrote; of its sections what the form has a member for. Throws what `putPlain` throws for a record the form cannot hold.
 */
export function plainOfNetwork(file: NetworkFile, form: 'v1' | 'v2'): PlainFile {
  const { network, chainId } = file;
  const contracts = recordsOf(file).map(contractOf);
  const root = form === 'v1' ? rootV1(file, contracts) : rootV2(file, contracts);
  const empty: PlainFile = { form, network, chainId, root };
  return contracts.reduce<PlainFile>((next, contract) => putPlain(next, contract), empty);
}

/** Members that are undefined are left out. */
function rootV1(file: NetworkFile, contracts: readonly JsonObject[]): JsonObject {
  const metadata = deploymentOf(file);
  return defined({
    network: file.network,
    chainId: file.chainId,
    environment: member(file.root, 'environment'),
    deployer: member(metadata, 'deployer'),
    timestamp: member(metadata, 'timestamp') ?? latestTime(contracts),
    deploymentMode: member(metadata, 'deploymentMode'),
    protocolsDeployed: member(metadata, 'protocolsDeployed'),
    contracts: {},
    config: configOf(objectIn(file.root, 'configuration')),
    implementationHashes: {},
    lastDeployed: latestTime(contracts),
  });
}

function rootV2(file: NetworkFile, contracts: readonly JsonObject[]): JsonObject {
  const metadata = deploymentOf(file);
  return defined({
    version: '2.0.0',
    network: file.network,
    chainId: file.chainId,
    environment: member(file.root, 'environment'),
    timestamp: member(metadata, 'timestamp') ?? latestTime(contracts),
    deploymentMode: member(metadata, 'deploymentMode'),
    protocols: member(objectIn(file.root, 'configuration'), 'protocols'),
    contracts: {},
  });
}

/** `metadata`; what it does not say itself, from the `deployment {timestamp, deployer}` in it that document 002 has. */
function deploymentOf(file: NetworkFile): JsonObject {
  const metadata = objectIn(file.root, 'metadata');
  return { ...objectIn(metadata, 'deployment'), ...metadata };
}

/** Under the names that old set-up scripts read. */
function configOf(configuration: JsonObject): JsonObject {
  const protocols = objectIn(configuration, 'protocols');
  return defined({
    layerZeroEndpoint: member(objectIn(protocols, 'layerZero'), 'endpoint'),
    celerMessageBus: member(objectIn(protocols, 'celer'), 'messageBus'),
    hyperlaneMailbox: member(objectIn(protocols, 'hyperlane'), 'mailbox'),
    governanceVault: member(objectIn(configuration, 'governance'), 'vault'),
  });
}

function contractOf(record: StateRecord): JsonObject {
  const contract = tagBigints(toContractType(record));
  const members = isObject(contract) ? Object.entries(contract) : [];
  return Object.fromEntries(members.filter(([name]) => name !== 'checksum'));
}

function defined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]): [string, Json][] => (value === undefined ? [] : [[name, value]])),
  );
}
