import type { Folded } from '../../fold/fold-log.js';
import { isObject, type Json, type JsonObject, member } from '../../json.js';
import { recordNameProblem } from '../../model/names.js';
import { pointer } from '../../text/pointer.js';
import { emptyMembers, identityOf, membersOf, type OlderPart, type OlderRecord } from './older-part.js';
import { readHashes } from './read-hashes.js';
import { isRecord, readRecord } from './read-record.js';
import { placeMembers } from './place-members.js';
import { unknownRule } from './unknown-value.js';

/**
 * `deployments/<network>.json` of version 1: `contracts {name: {proxy, implementation}}`, `implementationHashes`, `config`
 * with endpoints, and two lists `protocolContracts`, `infrastructureContracts` of proxy addresses by name in camel case,
 * which repeat records or are all that is known of one. `at`: where in its file the object stands.
 */
export function readV1(root: JsonObject, at = ''): OlderPart {
  const entries = membersOf(member(root, 'contracts'), at + pointer('contracts'));
  const read = entries.map(({ key, ...stated }) => readRecord({ name: key, ...stated }, null));
  const lists = [...listCategories].map(([key, category]) => readList(root, at, key, category));
  const records = [...read.filter(isRecord), ...lists.flatMap((list) => list.records)];
  const hashes = readHashes(records, member(root, 'implementationHashes'), at + pointer('implementationHashes'), [
    aside,
    'implementationHashes',
  ]);
  const rest = placeMembers(root, at, { homes, taken, aside });
  const config = placeMembers(configOf(root), at + pointer('config'), {
    homes: configHomes,
    taken: new Set(),
    aside: [aside, 'config'],
  });
  return {
    ...identityOf(root, at),
    records: hashes.records,
    sections: [rest, config, hashes, ...lists].flatMap(({ sections }) => sections),
    dropped: [...emptyMembers(root, at, isRead), ...[rest, config, hashes, ...lists].flatMap(({ dropped }) => dropped)],
    rejects: read.flatMap((one) => (isRecord(one) ? [] : [one])),
  };
}

const aside = 'x-json-v1';

/** The writer of version 1 puts proxies in these lists. */
const listCategories: ReadonlyMap<string, string> = new Map([
  ['protocolContracts', 'protocol'],
  ['infrastructureContracts', 'infrastructure'],
]);

const homes: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['networkTier', ['networkTier']],
  ...['deployer', 'timestamp', 'lastDeployed', 'lastUpgraded', 'deploymentMode', 'protocolsDeployed'].map(
    (key) => [key, ['metadata', key]] as const,
  ),
]);

const configHomes: ReadonlyMap<string, readonly string[]> = new Map([
  ['layerZeroEndpoint', ['configuration', 'protocols', 'layerZero', 'endpoint']],
  ['celerMessageBus', ['configuration', 'protocols', 'celer', 'messageBus']],
  ['hyperlaneMailbox', ['configuration', 'protocols', 'hyperlane', 'mailbox']],
  ['governanceVault', ['configuration', 'governance', 'vault']],
]);

/** Read above; of another form than it should have, a member is kept aside like any unknown one. */
function taken(key: string, value: Json): boolean {
  if (key === 'network' || key === 'chainId') return true;
  return isObject(value) && isRead(key);
}

function isRead(key: string): boolean {
  return key === 'contracts' || key === 'config' || key === 'implementationHashes' || listCategories.has(key);
}

function configOf(root: JsonObject): JsonObject {
  const config = member(root, 'config');
  return isObject(config) ? config : {};
}

function readList(
  root: JsonObject,
  at: string,
  key: string,
  category: string,
): Pick<OlderPart, 'sections' | 'dropped'> & { readonly records: readonly OlderRecord[] } {
  const records: OlderRecord[] = [];
  const dropped: Folded[] = [];
  const sections: OlderPart['sections'][number][] = [];
  for (const { key: short, value, from } of membersOf(member(root, key), at + pointer(key))) {
    const name = short.charAt(0).toUpperCase() + short.slice(1);
    const rule = unknownRule(value);
    if (rule !== null) dropped.push({ rule, path: from, value });
    else if (typeof value !== 'string' || recordNameProblem(name) !== null) {
      sections.push({ value, from, to: [aside, key, short] });
    } else records.push({ name, category, from, fields: [{ field: 'proxy', value, from }], listed: true });
  }
  return { records, sections, dropped };
}
