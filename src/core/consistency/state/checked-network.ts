import { foldSpelling } from '../../config/spelling.js';
import { isObject, type Json, type JsonObject, member } from '../../json.js';
import type { NetworkFile } from '../../model/network-file.js';
import { objectMembers } from '../../model/placed-record.js';
import { pointer } from '../../text/pointer.js';
import type { Place } from '../rule.js';
import { type CheckedRecord, checkedRecords } from './checked-record.js';
import { type Peer, peersOf } from './peers.js';

/** A network file with the parts that rules ask for, read leniently: what has another form is not there. */
export type CheckedNetwork = {
  /** What the file is called. */
  readonly name: string;
  readonly file: string;
  /** 0 where the file says none. */
  readonly chainId: number;
  /** `''` for the main one. */
  readonly environment: string;
  readonly root: JsonObject;
  readonly source: NetworkFile;
  readonly records: readonly CheckedRecord[];
  readonly peers: readonly Peer[];
  /** The protocol lists of `metadata`; null where there is none. */
  readonly enabled: readonly NamedProtocol[] | null;
  readonly deployed: readonly NamedProtocol[] | null;
  readonly configured: readonly NamedProtocol[] | null;
  /** Members of `configuration.protocols` that are objects, by folded name. */
  readonly settings: ReadonlyMap<string, ProtocolSettings>;
};

/** `folded` is the spelling without case, blanks, `-` and `_`: layerZero, LayerZero and layerzero are one. */
export type NamedProtocol = { readonly name: string; readonly folded: string; readonly path: string };
export type ProtocolSettings = NamedProtocol & { readonly value: JsonObject };

export function checkedNetwork(name: string, file: string, source: NetworkFile): CheckedNetwork {
  const { root, chainId } = source;
  const environment = member(root, 'environment');
  const settings = settingsOf(root);
  return {
    name,
    file,
    chainId,
    environment: typeof environment === 'string' ? environment : '',
    root,
    source,
    records: checkedRecords(root),
    peers: peersOf(root, settings),
    enabled: protocolList(root, 'protocolsEnabled') ?? nestedProtocols(root),
    deployed: protocolList(root, 'protocolsDeployed'),
    configured: protocolList(root, 'protocolsConfigured'),
    settings: new Map(settings.map((each) => [each.folded, each])),
  };
}

/** A place in a network's file. */
export function placeIn({ name, file }: CheckedNetwork, path: string, at?: 'key'): Place {
  return { network: name, file, path, ...(at === undefined ? {} : { at }) };
}

/** Texts, or objects with a `protocol` or `name`, as the documents have both. Each name once, where it stands first. */
function protocolList(root: JsonObject, key: string): NamedProtocol[] | null {
  const metadata = member(root, 'metadata');
  const list = isObject(metadata) ? member(metadata, key) : undefined;
  if (!Array.isArray(list)) return null;
  const protocols = new Map<string, NamedProtocol>();
  for (const [at, item] of (list as readonly Json[]).entries()) {
    const name = isObject(item) ? (member(item, 'protocol') ?? member(item, 'name')) : item;
    if (typeof name !== 'string' || protocols.has(name)) continue;
    protocols.set(name, { name, folded: foldSpelling(name), path: pointer('metadata', key, at) });
  }
  return [...protocols.values()];
}

/** `metadata.protocols {layerZero: {…}, …}` of document 002, where the list of later files is not there. */
function nestedProtocols(root: JsonObject): NamedProtocol[] | null {
  const metadata = member(root, 'metadata');
  const protocols = isObject(metadata) ? member(metadata, 'protocols') : undefined;
  if (!isObject(protocols)) return null;
  return Object.keys(protocols).map((name) => {
    return { name, folded: foldSpelling(name), path: pointer('metadata', 'protocols', name) };
  });
}

function settingsOf(root: JsonObject): ProtocolSettings[] {
  const configuration = member(root, 'configuration');
  const protocols = isObject(configuration) ? member(configuration, 'protocols') : undefined;
  return objectMembers(protocols).flatMap(([name, value]) =>
    isObject(value)
      ? [{ name, folded: foldSpelling(name), path: pointer('configuration', 'protocols', name), value }]
      : [],
  );
}
