import type { Folded } from '../../fold/fold-log.js';
import { type Json, type JsonObject, member } from '../../json.js';
import { recordNameProblem } from '../../model/names.js';
import { pointer } from '../../text/pointer.js';
import { detailsMember } from '../../plain/details.js';
import { emptyMembers, identityOf, isSection, membersOf, type OlderPart, type OlderRecord } from './older-part.js';
import { readDetails } from './read-details.js';
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
  const detailed = withDetails(read.filter(isRecord), root, at);
  const lists = [...listCategories].map(([key, category]) => readList(root, at, key, category));
  const records = [...detailed.records, ...lists.flatMap((list) => list.records)];
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
    sections: [rest, config, hashes, detailed, ...lists].flatMap(({ sections }) => sections),
    dropped: [
      ...emptyMembers(root, at, isRead),
      ...[rest, config, hashes, detailed, ...lists].flatMap(({ dropped }) => dropped),
    ],
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
  return isSection(value) && isRead(key);
}

function isRead(key: string): boolean {
  return (
    key === 'contracts' ||
    key === 'config' ||
    ['implementationHashes', detailsMember].includes(key) ||
    listCategories.has(key)
  );
}

/** What the contracts of a file that stateroot wrote have besides; of no contract, or stale, it is kept aside. */
function withDetails(
  records: readonly OlderRecord[],
  root: JsonObject,
  at: string,
): Pick<OlderPart, 'records' | 'sections' | 'dropped'> {
  const own = new Map(records.map((record) => [record.name, record]));
  const dropped: Folded[] = [];
  const sections: OlderPart['sections'][number][] = [];
  for (const { key, value, from } of membersOf(member(root, detailsMember), at + pointer(detailsMember))) {
    const record = own.get(key);
    const said = (field: string): Json | undefined => record?.fields.find((one) => one.field === field)?.value;
    const details = readDetails(value, from, said('implementation') ?? said('address') ?? said('proxy'));
    if (record === undefined || details === null) sections.push({ value, from, to: [aside, detailsMember, key] });
    else {
      own.set(key, { ...record, fields: [...details.fields, ...record.fields] });
      dropped.push(...details.dropped);
    }
  }
  return { records: [...own.values()], sections, dropped };
}

function configOf(root: JsonObject): JsonObject {
  const config = member(root, 'config');
  return isSection(config) ? config : {};
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
