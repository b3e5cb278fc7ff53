import { isObject, type Json, type JsonObject, member } from '../json.js';
import { toContractType } from '../model/contract-type.js';
import { sourceContractName } from '../model/lookup.js';
import type { StateRecord } from '../model/record.js';
import { itemsOf } from '../quarantine.js';
import { tagBigints } from '../values/bigint.js';
import { toContractInfo } from './contract-info.js';
import type { LegacyEntry } from './entry.js';
import { keyBytes } from './key-text.js';
import { parseKey } from './parse-key.js';
import { marksOf } from './recover-fields.js';
import { historyFields } from './recover-history.js';

/** The order in which deploy scripts wrote a ContractType; other fields follow. */
const fieldOrder = [
  'contractName',
  'chainId',
  'networkName',
  'address',
  'factoryByteCodeHash',
  'implementationHash',
  'proxyAddress',
  'deploymentArgs',
  'timestamp',
];

/**
 * A record as an old store held it: under the key it came from where that still fits, else `<chainId>-<contractName>`.
 * What an import added (`source.kind`, `source.key`, `source.recovered`, history that is marked there, the checksum) is left out, so that an imported value comes back
 * equal; one that was recovered comes with it, since a later write may have made it the record's own. Bigints stay tagged objects: nothing says which of them an old reader would take as text.
 */
export function toEntry(record: StateRecord): { readonly key: string; readonly value: string } {
  const contract = contractOf(record);
  const key = originalKey(record) ?? `${record.chainId}-${sourceContractName(record.fields) ?? record.name}`;
  const parsed = parseKey(key);
  const value =
    'form' in parsed && parsed.form === 'network' ? toContractInfo(contract, parsed.address) : ordered(contract);
  return { key, value: JSON.stringify(value) };
}

/** The key of a record whose own is another's already: two networks of one chain may each have the contract. */
export function fallbackKey(record: StateRecord): string {
  const address = member(record.fields, 'proxy') ?? member(record.fields, 'implementation');
  return `${record.network}:${typeof address === 'string' ? address : record.name}`;
}

/** What quarantine keeps of LevelDB imports, byte for byte. */
export function quarantinedEntries(file: JsonObject): LegacyEntry[] {
  return itemsOf(file)
    .filter((item) => item.source === 'leveldb')
    .map((item) => ({
      key: keyBytes(item.key),
      value: 'raw' in item ? Buffer.from(item.raw, 'utf8') : Buffer.from(item.rawBase64, 'base64'),
    }));
}

function contractOf(record: StateRecord): JsonObject {
  const contract = tagBigints(toContractType(record));
  const members = isObject(contract) ? Object.entries(contract) : [];
  const marks = marksOf(record.fields);
  const isAdded = (name: string): boolean => historyFields.has(name) && member(marks, name) !== undefined;
  return Object.fromEntries(
    members.flatMap(([name, value]): [string, Json][] => {
      const kept = name === 'source' ? sourceBesides(value) : value;
      return name === 'checksum' || kept === undefined || isAdded(name) ? [] : [[name, kept]];
    }),
  );
}

function sourceBesides(source: Json): Json | undefined {
  if (!isObject(source)) return source;
  const added = new Set(member(source, 'kind') === 'leveldb' ? ['kind', 'key', 'recovered'] : []);
  const rest = Object.entries(source).filter(([name]) => !added.has(name));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

/** `source.key` of a LevelDB import, as long as it still names this chain and this contract. */
function originalKey(record: StateRecord): string | null {
  const source = member(record.fields, 'source');
  const key = isObject(source) && member(source, 'kind') === 'leveldb' ? member(source, 'key') : undefined;
  if (typeof key !== 'string') return null;
  const parsed = parseKey(key);
  if ('reason' in parsed) return null;
  if (parsed.form === 'chain') {
    const name = sourceContractName(record.fields) ?? record.name;
    return parsed.chainId === record.chainId && parsed.contractName === name ? key : null;
  }
  const addresses = [member(record.fields, 'proxy'), member(record.fields, 'implementation')];
  const isHere = addresses.some(
    (address) => typeof address === 'string' && address.toLowerCase() === parsed.address.toLowerCase(),
  );
  return isHere ? key : null;
}

function ordered(contract: JsonObject): JsonObject {
  const first = fieldOrder.flatMap((name): [string, Json][] => {
    const value = member(contract, name);
    return value === undefined ? [] : [[name, value]];
  });
  const others = Object.entries(contract).filter(([name]) => !fieldOrder.includes(name));
  return Object.fromEntries([...first, ...others]);
}
