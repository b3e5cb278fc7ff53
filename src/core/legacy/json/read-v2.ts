import { type Json, type JsonObject, member } from '../../json.js';
import { pointer } from '../../text/pointer.js';
import { detailsMember } from '../../plain/details.js';
import { kindOf } from '../kind-of.js';
import { emptyMembers, identityOf, isSection, membersOf, type OlderPart, type OlderRecord } from './older-part.js';
import { placeMembers } from './place-members.js';
import { readDetails } from './read-details.js';
import { isRecord } from './read-record.js';

/** The version 2 of the design documents: `version`, and `contracts {address: ContractInfo}`. */
export function readV2(root: JsonObject): OlderPart {
  const entries = membersOf(member(root, 'contracts'), pointer('contracts'));
  const read = entries.map((entry) => readContractInfo(entry));
  const details = entries.flatMap(({ value, from }) => detailsOf(value, from)?.dropped ?? []);
  const rest = placeMembers(root, '', { homes, taken, aside: 'x-json-v2' });
  const protocols = membersOf(protocolsOf(root), pointer('protocols'));
  const version = member(root, 'version');
  return {
    ...identityOf(root, ''),
    records: read.filter(isRecord),
    sections: [
      ...rest.sections,
      ...protocols.map(({ key, ...stated }) => ({ ...stated, to: ['configuration', 'protocols', key] })),
    ],
    dropped: [
      ...(version === undefined ? [] : [{ rule: 'schema-version', path: pointer('version'), value: version }]),
      ...emptyMembers(root, '', (key) => key === 'contracts' || key === 'protocols'),
      ...rest.dropped,
      ...details,
    ],
    rejects: read.flatMap((one) => (isRecord(one) ? [] : [one])),
  };
}

type Field = OlderRecord['fields'][number];

/**
 * A ContractInfo of the design documents under its address: `name`, `constructorArgs`, `deployedAt`, and `proxy
 * {proxyAddress, implementationAddress, …}`. What the latter holds besides stays under `x-proxy`.
 */
export function readContractInfo({
  key: keyAddress,
  value,
  from,
}: {
  readonly key: string;
  readonly value: Json;
  readonly from: string;
}): OlderRecord | { readonly reason: string; readonly from: string } {
  if (!isSection(value)) return { reason: `the entry is ${kindOf(value)}, not a contract`, from };
  const name = member(value, 'contractName') ?? member(value, 'name');
  if (typeof name !== 'string') return { reason: 'the record has no name', from };
  const details = detailsOf(value, from);
  const own = membersOf(value, from).filter(({ key }) => details === null || key !== detailsMember);
  const fields = [...(details?.fields ?? []), ...own.flatMap(({ key, ...stated }) => fieldsOf(value, key, stated))];
  const addresses = fields.filter(({ field }) => addressFields.has(field)).map((one) => one.value);
  if (addresses.length === 0) fields.push({ field: 'address', value: keyAddress, from });
  else if (!addresses.some((one) => typeof one === 'string' && one.toLowerCase() === keyAddress.toLowerCase())) {
    return { reason: `no address in the entry is ${keyAddress}, the one it stands under`, from };
  }
  return { name, category: categoryOf(value), from, fields, listed: false };
}

const homes: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['networkTier', ['networkTier']],
  ['metadata', ['metadata']],
  ...['deployer', 'timestamp', 'deploymentMode', 'protocolsDeployed'].map((key) => [key, ['metadata', key]] as const),
]);

const addressFields: ReadonlySet<string> = new Set(['address', 'proxyAddress', 'proxy', 'implementation']);
const renamed: ReadonlyMap<string, string> = new Map([
  ['name', 'contractName'],
  ['constructorArgs', 'deploymentArgs'],
  // A text of nanoseconds: time and text are told apart where records are folded (FORMAT §10.7).
  ['deployedAt', 'timestamp'],
]);

function taken(key: string, value: Json): boolean {
  if (key === 'network' || key === 'chainId' || key === 'version') return true;
  return isSection(value) && (key === 'contracts' || key === 'protocols');
}

function protocolsOf(root: JsonObject): Json | undefined {
  const protocols = member(root, 'protocols');
  return isSection(protocols) ? protocols : undefined;
}

function detailsOf(info: Json, at: string): ReturnType<typeof readDetails> {
  if (!isSection(info)) return null;
  const proxy = member(info, 'proxy');
  const named = isSection(proxy) ? member(proxy, 'implementationAddress') : undefined;
  const code = named ?? member(info, 'address') ?? (isSection(proxy) ? member(proxy, 'proxyAddress') : undefined);
  return readDetails(member(info, detailsMember), at + pointer(detailsMember), code);
}

function fieldsOf(info: JsonObject, key: string, stated: Omit<Field, 'field'>): Field[] {
  const { value, from } = stated;
  if (key === 'proxy' && isSection(value)) {
    if (Object.keys(value).length === 0) return [{ field: 'x-proxy', ...stated }];
    return proxyFields(value, from);
  }
  // A proxy that does not name itself: then the address is the proxy's.
  const proxy = member(info, 'proxy');
  const isProxy = isSection(proxy) && member(proxy, 'proxyAddress') === undefined;
  if (key === 'address') return [{ field: isProxy ? 'proxyAddress' : 'address', ...stated }];
  const isFree = !Object.hasOwn(info, renamed.get(key) ?? key);
  return [{ field: isFree ? (renamed.get(key) ?? key) : key, ...stated }];
}

function proxyFields(proxy: JsonObject, at: string): Field[] {
  const own = membersOf(proxy, at);
  const rest = own.filter(({ key }) => key !== 'proxyAddress' && key !== 'implementationAddress');
  const addresses = own.flatMap(({ key, ...stated }): Field[] => {
    if (key === 'proxyAddress') return [{ field: 'proxyAddress', ...stated }];
    return key === 'implementationAddress' ? [{ field: 'implementation', ...stated }] : [];
  });
  if (rest.length === 0) return addresses;
  const value = Object.fromEntries(rest.map(({ key, value: item }): [string, Json] => [key, item]));
  return [...addresses, { field: 'x-proxy', value, from: at }];
}

function categoryOf(info: JsonObject): string | null {
  const metadata = member(info, 'metadata');
  const type = isSection(metadata) ? member(metadata, 'contractType') : undefined;
  return typeof type === 'string' && ['core', 'protocol', 'infrastructure'].includes(type) ? type : null;
}
