import { compareText } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { canonicalize } from '../text/canonical.js';
import { locate } from '../text/position.js';
import { type Refusal, readText } from '../text/read.js';
import { extendedPrefix, homeOf, type PlacedRecord, placedRecords, unionOf } from './placed-record.js';
import type { StateRecord } from './record.js';

/** A network file that was read without refusal (FORMAT §2), whatever its other findings. */
export type NetworkFile = {
  readonly network: string;
  readonly chainId: number;
  readonly root: JsonObject;
};

/** `text` is the exact text, `canonical` whether it is the one text of its value. */
export type ParsedNetworkFile =
  | { ok: true; file: NetworkFile; text: string; canonical: boolean }
  | { ok: false; refusal: Refusal };

/**
 * Reads one network file as strictly as FORMAT §2 and §12 say, and no more: a file with findings is served.
 * Where `network` or `chainId` have a wrong type they read as `''` and 0, which name nothing.
 */
export function parseNetworkFile(bytes: Uint8Array): ParsedNetworkFile {
  const read = readText(bytes);
  if (!read.ok) return read;
  const message = schemaVersionProblem(member(read.value, 'schemaVersion'));
  if (message !== null) {
    const position = locate(read.text)('/schemaVersion', 'value');
    return { ok: false, refusal: { rule: 'schema-version', path: '/schemaVersion', ...position, message } };
  }
  const network = member(read.value, 'network');
  const chainId = member(read.value, 'chainId');
  const file = {
    network: typeof network === 'string' ? network : '',
    chainId: typeof chainId === 'number' ? chainId : 0,
    root: read.value,
  };
  return { ok: true, file, text: read.text, canonical: read.canonical };
}

/** Every record, by name. A name that stands in two categories is the record of the first (FORMAT §5). */
export function recordsOf(file: NetworkFile): StateRecord[] {
  return ownedEntries(file)
    .map((placed) => recordAt(file, placed))
    .sort((a, b) => compareText(a.name, b.name));
}

/** The record of exactly this name, without a look at any other. */
export function recordNamed(file: NetworkFile, name: string): StateRecord | null {
  const places = Object.entries(objectAt(file.root, 'contracts')).flatMap(([category, entries]): [string, Json][] => {
    const entry = isObject(entries) ? member(entries, name) : undefined;
    return entry === undefined ? [] : [[category, { [name]: entry }]];
  });
  const extended = member(file.root, extendedPrefix + name);
  const root = {
    contracts: Object.fromEntries(places),
    ...(extended === undefined ? {} : { [extendedPrefix + name]: extended }),
  };
  const [placed] = ownedEntries({ ...file, root });
  return placed === undefined ? null : recordAt(file, placed);
}

/** Where each record stands: the first object of its name, unless it only states an alias (FORMAT §4.5). */
export function ownedEntries(file: NetworkFile): PlacedRecord[] {
  return placedRecords(file.root).filter((placed) => placed.first && placed.entry !== null && !placed.aliasStatement);
}

/** Exactly the required keys, and the two that say which network it is (FORMAT §3). */
export function emptyNetworkFile(network: {
  network: string;
  chainId: number;
  networkTier?: string;
  environment?: string;
}): NetworkFile {
  const root: JsonObject = {
    schemaVersion: '3.0.0',
    fileVersion: 1,
    network: network.network,
    chainId: network.chainId,
    ...(network.networkTier === undefined ? {} : { networkTier: network.networkTier }),
    ...(network.environment === undefined ? {} : { environment: network.environment }),
    metadata: {},
    contracts: { core: {} },
    configuration: {},
    topology: {},
  };
  return { network: network.network, chainId: network.chainId, root };
}

/** The file with this record instead of the one of its name, each field at its home; nothing else changes (FORMAT §4). */
export function withRecord(file: NetworkFile, record: StateRecord): NetworkFile {
  const cleared = withoutRecord(file, record.name);
  const contracts = objectAt(cleared.root, 'contracts');
  const category = objectAt(contracts, record.category);
  const { entry, extended } = splitFields(record.fields);
  const root = {
    ...cleared.root,
    contracts: { ...contracts, [record.category]: { ...category, [record.name]: entry } },
    ...(Object.keys(extended).length === 0 ? {} : { [extendedPrefix + record.name]: extended }),
  };
  return { ...file, root };
}

/** The file without the record of this exact name; a category that it leaves empty goes too, `core` stays. */
export function withoutRecord(file: NetworkFile, name: string): NetworkFile {
  const owner = recordNamed(file, name)?.category;
  const contracts = Object.entries(objectAt(file.root, 'contracts')).flatMap(
    ([category, entries]): [string, Json][] => {
      if (!isObject(entries) || category !== owner) return [[category, entries]];
      const rest = without(entries, name);
      return category !== 'core' && Object.keys(rest).length === 0 ? [] : [[category, rest]];
    },
  );
  return { ...file, root: { ...without(file.root, extendedPrefix + name), contracts: Object.fromEntries(contracts) } };
}

/** Canonical text (FORMAT §2). */
export function networkFileText(file: NetworkFile): string {
  return canonicalize(file.root);
}

function recordAt({ network, chainId }: NetworkFile, placed: PlacedRecord): StateRecord {
  const fields = [...unionOf(placed)].map(([field, { value }]): [string, Json] => [field, value]);
  return { network, chainId, category: placed.category, name: placed.name, fields: Object.fromEntries(fields) };
}

function splitFields(fields: JsonObject): { entry: JsonObject; extended: JsonObject } {
  const all = Object.entries(fields);
  return {
    entry: Object.fromEntries(all.filter(([field]) => homeOf(field) === 'entry')),
    extended: Object.fromEntries(all.filter(([field]) => homeOf(field) === 'extended')),
  };
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = member(object, key);
  return isObject(value) ? value : {};
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([other]) => other !== key));
}

/** Null, or why a file of this `schemaVersion` is not read as state (FORMAT §12). */
export function schemaVersionProblem(version: Json | undefined): string | null {
  if (version === undefined) return 'there is no schemaVersion; this tool reads 3.x';
  if (typeof version === 'string' && /^3\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)$/.test(version)) return null;
  return 'this schemaVersion is none of 3.<minor>.<patch>; stateroot import reads older files';
}
