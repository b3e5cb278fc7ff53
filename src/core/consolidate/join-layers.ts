import { equalJson } from '../equal.js';
import { isObject, type Json, type JsonObject, member } from '../json.js';
import { joinSections } from '../legacy/json/join-sections.js';
import { noteOther as noteOlder, type OlderSource, olderLog } from '../legacy/json/older-source.js';
import { originOf, type Origins } from '../legacy/json/origins.js';
import { withRecords } from '../legacy/with-records.js';
import type { Manifest } from '../consistency/state/manifest.js';
import { emptyNetworkFile } from '../model/network-file.js';
import { extendedPrefix } from '../model/placed-record.js';
import { remainderOf } from '../model/remainder.js';
import type { StateRecord } from '../model/record.js';
import { pointer } from '../text/pointer.js';
import { withDataSources } from './data-sources.js';
import { groupRecords } from './group-records.js';
import { type JoinedRecord, joinRecord } from './join-record.js';
import { joinedNames, type JoinedNames } from './joined-source.js';
import { type Layer, type SourcePlace, type Told, untexted } from './layer.js';
import { noteUnused, withManifests } from './manifest-facts.js';
import { fieldPath } from './note-other.js';

/** The layers of one network as one root, not sealed yet. */
export type JoinedLayers = {
  readonly root: JsonObject;
  /** The place in a source of what stands at a pointer of the root; null for what is from none. */
  place(path: string): SourcePlace | null;
};

/** Brings the layers of a network together, field by field and leaf by leaf. What it has to say goes to `told`. */
export function joinLayers(
  layers: readonly Layer[],
  manifests: readonly Manifest[],
  place: { readonly network: string; readonly chainId: number },
  told: Told,
): JoinedLayers {
  const sources = layers.map(sourceOf);
  const origins: Origins = new Map();
  const sections = withDataSources(sectionsOf(sources, layers, place, { origins, told }), origins, layers);
  const used = new Set<string>();
  const joined = groupRecords(layers).map((contract) => {
    const options = { chainId: place.chainId, told, used };
    return withManifests(joinRecord(contract, told), manifests, options);
  });
  noteUnused(manifests, used, told);
  const names: ReadonlySet<string> = new Set(joined.map(({ record }) => record.name));
  const records = joined.map(({ record, transactions }): StateRecord => {
    const named = joinedNames(record, { names, told, transactions });
    noteOrigins(record, named, { layers, sources, origins });
    const own = [...record.fields].map(([field, { value }]): [string, Json] => [field, value]);
    const fields = { ...Object.fromEntries(own), ...named.fields };
    return { ...place, category: record.category, name: record.name, fields };
  });
  const file = withRecords({ ...place, root: sections }, new Map(), records);
  return {
    root: file.root,
    place(path) {
      const origin = originOf(origins, path);
      const layer = origin === null ? undefined : layers[Number(origin.older.file)];
      return origin === null || layer === undefined ? null : layer.place(origin.from);
    },
  };
}

/** A layer as a source of sections; its number stands for the file. */
function sourceOf(layer: Layer, at: number): OlderSource {
  const part = {
    chainId: layer.file.chainId,
    spelling: null,
    said: [],
    records: [],
    dropped: [],
    rejects: [],
    sections: Object.entries(remainderOf(layer.file)).flatMap(([key, value]) =>
      named.has(key) || (required.has(key) && isEmpty(value)) ? [] : [{ value, from: pointer(key), to: [key] }],
    ),
  };
  return { name: '', file: String(at), format: 'layer', source: untexted(layer.file.root), part };
}

/** What every file has of its own. */
const named: ReadonlySet<string> = new Set(['schemaVersion', 'fileVersion', 'network', 'chainId']);

/** Sections that a file has also where it says nothing. */
const required: ReadonlySet<string> = new Set(['metadata', 'configuration', 'topology']);

function isEmpty(value: Json): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function sectionsOf(
  sources: readonly OlderSource[],
  layers: readonly Layer[],
  place: { readonly network: string; readonly chainId: number },
  { origins, told }: { readonly origins: Origins; readonly told: Told },
): JsonObject {
  const log = olderLog();
  const root = joinSections(emptyNetworkFile(place).root, sources, log, origins);
  const versions = sources.filter((_, at) => layers[at]?.kind === 'unified');
  const [first] = versions.map(({ source }) => member(source.root, 'fileVersion'));
  for (const one of versions) {
    const said = member(one.source.root, 'fileVersion');
    if (!equalJson(said, first)) noteOlder(log, one, 'files-differ', pointer('fileVersion'), first ?? null);
  }
  const placeOf = (file: string, path: string): SourcePlace => layers[Number(file)]?.place(path) ?? { path };
  for (const { file, path, ...one } of log.folded) {
    const at = placeOf(file, path);
    told.folded.push({ ...one, file: at.file ?? '', path: at.path });
  }
  for (const { file, path, rule, kept, other } of log.ambiguous) {
    const at = placeOf(file, path);
    told.ambiguous.push({ rule, ...(at.file === undefined ? {} : { file: at.file }), path: at.path, kept, other });
  }
  for (const { file, key, reason, value, raw } of log.quarantined) {
    const at = placeOf(file, key);
    const text = at.raw?.() ?? raw;
    told.rejects.push({
      key: at.path,
      reason,
      value,
      raw: Buffer.from(text),
      ...(at.file === undefined ? {} : { file: at.file }),
    });
  }
  return first === undefined ? root : { ...root, fileVersion: first };
}

function noteOrigins(
  record: JoinedRecord,
  { aliases }: JoinedNames,
  { layers, sources, origins }: { layers: readonly Layer[]; sources: readonly OlderSource[]; origins: Origins },
): void {
  const sourceOfLayer = (layer: Layer): OlderSource | undefined => sources[layers.indexOf(layer)];
  const [{ layer, record: first }] = record.claims;
  const older = sourceOfLayer(layer);
  if (older !== undefined) {
    origins.set(pointer('contracts', record.category, record.name), {
      older,
      from: pointer('contracts', first.category, first.name),
    });
    origins.set(pointer(extendedPrefix + record.name), { older, from: pointer(extendedPrefix + first.name) });
  }
  for (const [field, { from }] of record.fields) {
    const source = from === null ? undefined : sourceOfLayer(from.layer);
    if (from === null || source === undefined) continue;
    origins.set(fieldPath(record, field), { older: source, from: fieldPath(from.record, field) });
  }
  for (const [index, { claim, at }] of aliases.entries()) {
    const source = sourceOfLayer(claim.layer);
    if (source !== undefined) origins.set(fieldPath(record, 'aliases') + pointer(index), { older: source, from: at });
  }
}
