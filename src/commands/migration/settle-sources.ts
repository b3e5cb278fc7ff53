import { type JoinedLayers, joinLayers } from '../../core/consolidate/join-layers.js';
import { type Layer, nothingTold, type Told, untexted } from '../../core/consolidate/layer.js';
import { layerOfLevelDb } from '../../core/consolidate/layer-of-leveldb.js';
import { layerOfOlder } from '../../core/consolidate/layer-of-older.js';
import { layerOfUnified } from '../../core/consolidate/layer-of-unified.js';
import { nextConsolidated } from '../../core/consolidate/next-consolidated.js';
import { compareText, equalJson } from '../../core/equal.js';
import { type FoldedFile, foldFile } from '../../core/fold/fold.js';
import { mergeSections } from '../../core/fold/merge-folded.js';
import type { Ambiguity, LegacyRecord } from '../../core/legacy/legacy-record.js';
import type { NetworkMerge } from '../../core/legacy/merge-network.js';
import { isReject, readEntry } from '../../core/legacy/read-entry.js';
import { recoverFields } from '../../core/legacy/recover-fields.js';
import { settleNetwork } from '../../core/legacy/settle-network.js';
import { networkFilePath } from '../../core/layout.js';
import { withoutMarks } from '../../core/model/marks.js';
import { ownedEntries, parseNetworkFile, recordsOf } from '../../core/model/network-file.js';
import { sealFile } from '../../core/model/seal.js';
import { canonicalize } from '../../core/text/canonical.js';
import type { BaseState } from '../base-state.js';
import { readUnified } from '../read-unified.js';
import { unusable } from '../settle-older.js';
import { existingFile, firstFile } from './existing-file.js';
import type { ConsolidatedNetwork, SourceNetwork } from './consolidation.js';
import type { NetworkShare, PlacedSources } from './place-sources.js';

/** One network as all sources and the base leave it. Throws CHAIN_ID_MISMATCH, STATE_INVALID, BAD_INPUT. */
export async function settleSources(
  base: BaseState,
  { network, chainId }: SourceNetwork,
  placed: PlacedSources,
): Promise<ConsolidatedNetwork> {
  const place = { network, chainId };
  const share = placed.share(network);
  const told = nothingTold();
  const { layers, merge } = layersOf(share, place, placed, base, told);
  const joined = joinLayers(layers, placed.manifests(chainId), place, told);
  const result = inNormalForm(joined, layers.length, place, told);
  const { existing, bytes } = await existingFile(base, place, share.unified);
  const path = networkFilePath(base.root, network);
  // What all sources say is whole, whatever was written to two backends before.
  const sections = withoutMarks(
    mergeSections(existing ?? firstFile(base, place, result.file), result.file),
    () => true,
  );
  const settled = settleNetwork(path, sections, recordsIn(result), base.config, nextConsolidated(result.file));
  tell(settled, joined, told);
  const changed = changedNames(settled, bytes);
  return {
    network,
    chainId,
    file: settled.file,
    changed,
    unchanged: recordsOf(result.file).length - settled.rejects.length - changed.length,
    isChanged: bytes === null || Buffer.from(bytes).toString('utf8') !== settled.text,
    withoutArguments: settled.withoutArguments,
    rejects: [...(merge?.rejects ?? []), ...told.rejects.map((one) => ({ ...one, chainId }))],
    ambiguous: unique([...(merge?.ambiguous ?? []), ...told.ambiguous]),
    recovered: (merge?.recovered ?? []).map((one) => ({ network, ...one })),
    folded: told.folded,
  };
}

type Place = { readonly network: string; readonly chainId: number };

/** In the order in which they speak. */
function layersOf(
  share: NetworkShare,
  place: Place,
  { versions }: PlacedSources,
  { config }: BaseState,
  told: Told,
): { readonly layers: readonly Layer[]; readonly merge: NetworkMerge | null } {
  const layers: Layer[] = [];
  const entries = share.entries.map(readEntry).filter((read): read is LegacyRecord => !isReject(read));
  const records = recoverFields(
    entries,
    entries.flatMap(({ key }) => versions(key)),
  );
  const database = records.length === 0 ? null : layerOfLevelDb(records, place, config);
  if (database !== null) layers.push(database.layer);
  const older = share.older.flatMap((read) => read());
  if (older.length > 0) {
    const read = layerOfOlder(older, place, config);
    if (!read.ok) throw unusable(older[0]?.file ?? '', read.refusal);
    layers.push(read.layer);
    add(told, read.told);
  }
  const unified = readUnified(share.unified).unified;
  const isOwn = (named: string | null): number => (named === place.network ? 0 : 1);
  for (const { file, source } of [...unified].sort((a, b) => isOwn(a.named) - isOwn(b.named))) {
    const read = layerOfUnified(file.path, source, place);
    if (read.ok) {
      layers.push(read.layer);
      add(told, read.told);
    } else {
      const reason = `${read.findings[0]?.rule ?? ''}: ${read.findings[0]?.message ?? ''}`;
      told.rejects.push({ key: '', reason, value: source.root, raw: file.bytes, file: file.path });
    }
  }
  return { layers, merge: database?.merge ?? null };
}

function add(told: Told, more: Told): void {
  told.folded.push(...more.folded);
  told.ambiguous.push(...more.ambiguous);
  told.rejects.push(...more.rejects);
}

/** Layers are in normal form each, and so is a single one; together they may still call two contracts alike. */
function inNormalForm(
  joined: JoinedLayers,
  layers: number,
  place: Place,
  told: Told,
): Pick<FoldedFile, 'file' | 'origins'> {
  const { root } = sealFile(joined.root);
  const file = { ...place, root };
  if (layers < 2) return { file, origins: new Map(ownedEntries(file).map((placed) => [placed.name, placed])) };
  const result = foldFile(untexted(root), place);
  if (!result.ok) throw unusable(place.network, result.findings[0] ?? { rule: '', message: '' });
  const at = (path: string) => joined.place(path) ?? { path };
  for (const { path, ...one } of result.folded) {
    const { file = '', path: from } = at(path);
    told.folded.push({ ...one, file, path: from });
  }
  for (const { path, rule, kept, other } of result.ambiguous) {
    const { file, path: from } = at(path);
    told.ambiguous.push({ rule, ...(file === undefined ? {} : { file }), path: from, kept, other });
  }
  for (const { key, reason, value, raw } of result.quarantined) {
    const { file, path } = at(key);
    told.rejects.push({ key: path, reason, value, raw: Buffer.from(raw), ...(file === undefined ? {} : { file }) });
  }
  return result;
}

const nothing = new Uint8Array();

/** What is said of one of them is told of its place in the sources. */
function recordsIn({ file, origins }: Pick<FoldedFile, 'file' | 'origins'>): LegacyRecord[] {
  return recordsOf(file).map(({ name, chainId, fields }): LegacyRecord => {
    const key = origins.get(name)?.entryPath ?? '';
    return { key, raw: nothing, value: fields, chainId, network: null, spelling: null, contractName: name, fields };
  });
}

function tell({ rejects, ambiguous }: NetworkMerge, joined: JoinedLayers, told: Told): void {
  for (const { key, reason, value } of rejects) {
    const { file, path } = joined.place(key) ?? { path: key };
    const raw = Buffer.from(canonicalize(value).trimEnd());
    told.rejects.push({ key: path, reason, value, raw, ...(file === undefined ? {} : { file }) });
  }
  for (const { path: at, rule, kept, other } of ambiguous) {
    const { file, path } = joined.place(at) ?? { path: at };
    told.ambiguous.push({ rule, ...(file === undefined ? {} : { file }), path, kept, other });
  }
}

/** New or other than in the base; of a base that is no normal form, other than what can be read of it. */
function changedNames({ imported, file }: NetworkMerge, bytes: Uint8Array | null): string[] {
  const parsed = bytes === null ? null : parseNetworkFile(bytes);
  const before = new Map(parsed?.ok === true ? recordsOf(parsed.file).map(({ name, fields }) => [name, fields]) : []);
  const after = new Map(recordsOf(file).map(({ name, fields }) => [name, fields]));
  return [...imported.keys()]
    .filter((name) => {
      const there = before.get(name);
      return there === undefined || !equalJson(there, after.get(name));
    })
    .sort(compareText);
}

/** What a file says once may be about each of its contracts. */
function unique(ambiguous: readonly Ambiguity[]): Ambiguity[] {
  return [...new Map(ambiguous.map((one) => [JSON.stringify(one), one])).values()];
}
