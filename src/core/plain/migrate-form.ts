import { equalJson } from '../equal.js';
import { type Json, type JsonObject, member } from '../json.js';
import { recordNameProblem } from '../model/names.js';
import { objectMembers } from '../model/placed-record.js';
import { isAddressText } from '../values/address-text.js';
import { detailsMember } from './details.js';
import { objectIn } from './members.js';
import { plainContracts, putPlain } from './plain-contracts.js';
import type { PlainFile } from './plain-file.js';
import { addressIn } from './plain-values.js';

/**
 * A v1 file as v2, keyed by address: the same contracts, read as they were, and every other member of the root under its
 * name. What no contract carries stands word for word in `migratedFrom`: hashes like `pending`, entries without an address
 * or name that can be one. `protocols` are those that `config` names. Throws ADDRESS_AMBIGUOUS for contracts of one address.
 */
export function migrateForm(file: PlainFile): PlainFile {
  const { network, chainId, root } = file;
  const contracts = keyedContracts(file);
  const rest = Object.entries(root).filter(([name]) => !ofContracts.has(name) && !first.includes(name));
  const start: JsonObject = {
    version: '2.0.0',
    network,
    chainId,
    timestamp: member(root, 'timestamp') ?? timeOf(root, contracts),
    ...present('deploymentMode', member(root, 'deploymentMode')),
    ...present('protocols', member(root, 'protocols') ?? protocolsOf(root)),
    contracts: {},
    ...Object.fromEntries(rest),
    ...present('migratedFrom', leftOver(file)),
  };
  const empty: PlainFile = { form: 'v2', network, chainId, root: start };
  return contracts.reduce<PlainFile>((next, contract) => putPlain(next, contract), empty);
}

/** The schema of 2.0.0 demands a time: the last deployment that is known of, else 1970, which nobody takes for one. */
export function latestTime(contracts: readonly JsonObject[]): string {
  const times = contracts.map((contract) => member(contract, 'timestamp')).filter((time) => typeof time === 'number');
  return new Date(Math.max(0, ...times)).toISOString();
}

const first = ['version', 'network', 'chainId', 'timestamp', 'deploymentMode', 'protocols', 'migratedFrom'];
const ofContracts: ReadonlySet<string> = new Set(['contracts', 'implementationHashes', detailsMember]);

/** Those that v2 has a place for: with a name, and an address that is one. */
function keyedContracts(file: PlainFile): JsonObject[] {
  return plainContracts(file).contracts.flatMap(({ name, contract }) => {
    const addresses = ['proxyAddress', 'address'].flatMap((field) => addressIn(contract, field) ?? []);
    const isKeyed = addresses.length > 0 && addresses.every(isAddressText) && recordNameProblem(name) === null;
    return isKeyed ? [contract] : [];
  });
}

function timeOf(root: JsonObject, contracts: readonly JsonObject[]): Json {
  const deployed = member(root, 'lastDeployed');
  return typeof deployed === 'string' ? deployed : latestTime(contracts);
}

function protocolsOf(root: JsonObject): JsonObject | undefined {
  const config = objectIn(root, 'config');
  const found = protocols.flatMap(([protocol, field, name]): [string, Json][] => {
    const address = addressIn(config, name);
    return address === undefined ? [] : [[protocol, { [field]: address }]];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

const protocols = [
  ['layerZero', 'endpoint', 'layerZeroEndpoint'],
  ['celer', 'messageBus', 'celerMessageBus'],
  ['hyperlane', 'mailbox', 'hyperlaneMailbox'],
] as const;

/** What putting the contracts again into a v1 file would not make again. */
function leftOver(file: PlainFile): JsonObject | undefined {
  const bare = Object.entries(file.root).filter(([name]) => !ofContracts.has(name));
  const empty: PlainFile = { ...file, root: { ...Object.fromEntries(bare), contracts: {} } };
  const again = keyedContracts(file).reduce<PlainFile>((next, contract) => putPlain(next, contract), empty);
  const sections = [...ofContracts].flatMap((section): [string, Json][] => {
    const made = objectIn(again.root, section);
    const lost = objectMembers(member(file.root, section)).filter(
      ([name, value]) => !equalJson(value, member(made, name)),
    );
    return lost.length === 0 ? [] : [[section, Object.fromEntries(lost)]];
  });
  const before = member(file.root, 'migratedFrom');
  if (sections.length === 0) return before === undefined ? undefined : { previous: before };
  return { ...Object.fromEntries(sections), ...present('previous', before) };
}

function present(name: string, value: Json | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
