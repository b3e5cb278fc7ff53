import { equalJson } from '../../equal.js';
import { noteBigints } from '../../fold/bigints.js';
import { foldFile, type FoldedFile } from '../../fold/fold.js';
import { foldLog, type SetAside } from '../../fold/fold-log.js';
import { type FoldSource, readFoldSource } from '../../fold/fold-source.js';
import { isObject, type Json, type JsonObject, member } from '../../json.js';
import { emptyNetworkFile } from '../../model/network-file.js';
import { extendedPrefix } from '../../model/placed-record.js';
import { canonicalize } from '../../text/canonical.js';
import { parentPointer, pointer, segments } from '../../text/pointer.js';
import type { Refusal } from '../../text/read.js';
import { valueAt } from '../../text/value-at.js';
import { withHeldChecksums } from './held-checksums.js';
import { joinRecords, type JoinedRecord, placedRoot } from './join-records.js';
import { joinSections } from './join-sections.js';
import { noteOther, olderLog, type OlderLog, type OlderSource, setOlderAside } from './older-source.js';
import { originOf, type Origins } from './origins.js';
import { unknownRule } from './unknown-value.js';
import { contractsFirst, sectionsFirst } from './precedence.js';

export type OlderPlace = {
  readonly network: string;
  readonly chainId: number;
  /** `said`: what a file says, where one does. */
  readonly categoryOf: (name: string, said: string | null) => string;
};

export type FoldedOlder = OlderLog & {
  readonly result: FoldedFile;
  /** The root that was folded. */
  readonly source: FoldSource;
  /** Records whose `source` says this import: it is theirs only when they are new. */
  readonly sourced: ReadonlySet<string>;
  /** A pointer into that root as a place in a file of the source. */
  place(path: string): { readonly file: string; readonly path: string };
};

/**
 * The older files of one network as one file in normal form. They are put together in the layout of 3.0 (places of
 * `read-*.ts`, precedence of `precedence.ts`) and folded as FORMAT §10 folds any file of that layout; what both have to
 * say is told of the places in the files. The refusal, when what they come to is no network file.
 */
export function foldOlder(
  given: readonly OlderSource[],
  place: OlderPlace,
): ({ readonly ok: true } & FoldedOlder) | { readonly ok: false; readonly refusal: Pick<Refusal, 'rule' | 'message'> } {
  const log = olderLog();
  const origins: Origins = new Map();
  const sources = given.map((older) => {
    const category = (name: string): string => place.categoryOf(name, null);
    return { ...older, part: withHeldChecksums(older.part, place, category) };
  });
  for (const older of sources) noteFile(older, place, log);
  const base = emptyNetworkFile({ network: place.network, chainId: place.chainId }).root;
  const sections = joinSections(base, sectionsFirst(sources, place.network), log, origins);
  const records = joinRecords(contractsFirst(sources, place.network), place.categoryOf, log, origins);
  const { root, sourced } = withSources({ ...sections, ...placedRoot(records) }, records, place, origins);
  const read = readFoldSource(Buffer.from(canonicalize(root)));
  if (!read.ok) return read;
  const result = foldFile(read.source, place);
  if (!result.ok) {
    const [first] = result.findings;
    return { ok: false, refusal: { rule: first?.rule ?? '', message: first?.message ?? '' } };
  }
  const told = tell(result, origins, sources);
  return {
    ok: true,
    result,
    source: read.source,
    sourced,
    folded: [...log.folded, ...told.folded],
    ambiguous: [...log.ambiguous, ...told.ambiguous],
    quarantined: [...log.quarantined, ...told.quarantined],
    place: told.place,
  };
}

function noteFile(older: OlderSource, { network, chainId }: OlderPlace, log: OlderLog): void {
  const { file, part, source } = older;
  for (const { about, value, from } of part.said) {
    if (about === 'network' && value !== network) {
      log.folded.push({ rule: 'network-spelling', file, path: from, to: pointer('network'), value });
    } else if (about === 'chainId' && value !== chainId) {
      const rule = unknownRule(value);
      if (rule !== null) log.folded.push({ rule, file, path: from, value });
      else if (value === String(chainId))
        log.folded.push({ rule: 'chain-id', file, path: from, to: pointer('chainId') });
      else noteOther(log, older, 'chain-id', from, chainId);
    }
  }
  for (const dropped of part.dropped) log.folded.push({ ...dropped, file });
  for (const { from, reason } of part.rejects) setOlderAside(log, older, from, reason);
  const bigints = foldLog(source);
  noteBigints(bigints);
  const own = new Set([...part.records, ...part.sections].map(({ from }) => from));
  for (const one of bigints.folded) {
    if (placesAbove(one.path).some((path) => own.has(path))) log.folded.push({ ...one, file });
  }
}

/** The pointer, and those of everything it lies in. */
function placesAbove(path: string): string[] {
  return path === '' ? [] : [path, ...placesAbove(parentPointer(path))];
}

/** Where each record came from, and what its file calls the network (FORMAT §4), unless it says so itself. */
function withSources(
  root: JsonObject,
  records: readonly JoinedRecord[],
  { network }: OlderPlace,
  origins: Origins,
): { readonly root: JsonObject; readonly sourced: ReadonlySet<string> } {
  const own = new Map(Object.entries(root));
  const sourced = new Set<string>();
  for (const { name, fields, first } of records) {
    const { part, name: file } = first.older;
    const key = extendedPrefix + name;
    const extended = own.get(key);
    const more = new Map<string, Json>();
    if (!fields.has('source')) {
      more.set('source', { kind: 'json', file, key: first.from });
      sourced.add(name);
    }
    const said = part.said.find(({ about, value }) => about === 'network' && value === part.spelling);
    if (said !== undefined && said.value !== network && !fields.has('networkName')) {
      more.set('networkName', said.value);
      origins.set(pointer(key, 'networkName'), { older: first.older, from: said.from });
    }
    own.set(key, { ...(isObject(extended) ? extended : {}), ...Object.fromEntries(more) });
  }
  return { root: Object.fromEntries(own), sourced };
}

/** What folding says, of the files instead of the root that was folded. */
function tell(
  { folded, ambiguous, quarantined }: FoldedFile,
  origins: Origins,
  sources: readonly OlderSource[],
): OlderLog & Pick<FoldedOlder, 'place'> {
  const place = (path: string): { file: string; path: string } => {
    const origin = originOf(origins, path);
    return origin === null ? { file: sources[0]?.file ?? '', path } : { file: origin.older.file, path: origin.from };
  };
  const records = placesByRecord(origins);
  return {
    place,
    folded: folded.map(({ path, ...rest }) => ({ ...wholeValue(path, origins), ...rest, ...place(path) })),
    ambiguous: ambiguous.map(({ path, ...rest }) => ({ ...rest, ...place(path) })),
    quarantined: quarantined.flatMap((one) => asInFiles(one, origins, records, place(one.key))),
  };
}

/** What a report names by its pointer is one value: of an object or a list it repeats what is in it. */
function wholeValue(path: string, origins: Origins): { readonly value?: Json } {
  const origin = origins.get(path);
  const value = origin === undefined ? undefined : valueAt(origin.older.source.root, origin.from);
  return typeof value === 'object' && value !== null ? { value } : {};
}

/**
 * What is set aside, word for word: of a record each place that says something of it, of a value its own; only what was
 * never in a file as it is keeps the text that was folded.
 */
function asInFiles(
  { key, reason, value, raw }: SetAside,
  origins: Origins,
  records: ReadonlyMap<string, readonly Place[]>,
  { file, path }: { readonly file: string; readonly path: string },
): (SetAside & { readonly file: string })[] {
  const places = isRecordAside(key, value)
    ? outermost(records.get(segments(key)[2] ?? '') ?? [])
    : exactPlace(key, value, origins);
  if (places.length === 0) return [{ key: path, reason, value, raw, file }];
  return places.map(({ older, from }) => {
    const { root } = older.source;
    return { key: from, reason, value: valueAt(root, from) ?? null, raw: older.source.raw(from), file: older.file };
  });
}

type Place = { readonly older: OlderSource; readonly from: string };

function isRecordAside(key: string, value: Json): boolean {
  return segments(key)[0] === 'contracts' && isObject(value) && member(value, 'entry') !== undefined;
}

/** By name: the entry that spoke first, and every place a field came from. */
function placesByRecord(origins: Origins): ReadonlyMap<string, readonly Place[]> {
  const records = new Map<string, Place[]>();
  for (const [path, place] of origins) {
    const [section = '', second = '', name = ''] = segments(path);
    const isExtended = section.startsWith(extendedPrefix);
    // What the file calls its network is not set aside with one of its contracts.
    if (!(isExtended || section === 'contracts') || (isExtended && second === 'networkName')) continue;
    const key = isExtended ? section.slice(extendedPrefix.length) : name;
    records.set(key, [...(records.get(key) ?? []), place]);
  }
  return records;
}

function outermost(places: readonly Place[]): readonly Place[] {
  const isWithin = (inner: Place, outer: Place): boolean =>
    inner.older.file === outer.older.file && inner.from.startsWith(`${outer.from}/`);
  const found = places.filter((place) => !places.some((other) => isWithin(place, other)));
  return [...new Map(found.map((place) => [`${place.older.file} ${place.from}`, place])).values()];
}

function exactPlace(key: string, value: Json, origins: Origins): Place[] {
  const origin = originOf(origins, key);
  if (origin === null) return [];
  const there = valueAt(origin.older.source.root, origin.from);
  return there !== undefined && equalJson(there, value) ? [origin] : [];
}
