import { compareText } from '../equal.js';
import { type Finding } from '../finding.js';
import { inspectFile } from '../inspect/inspect.js';
import { isObject, type Json, type JsonObject } from '../json.js';
import { networkFilePath } from '../layout.js';
import { recordAt } from '../legacy/settle-network.js';
import { withRecords } from '../legacy/with-records.js';
import { type NetworkFile, networkFileText } from '../model/network-file.js';
import { extendedPrefix } from '../model/placed-record.js';
import type { StateRecord } from '../model/record.js';
import { sealFile } from '../model/seal.js';
import { parentPointer, pointer, segments } from '../text/pointer.js';
import { valueAt } from '../text/value-at.js';
import { foldAliasStatements } from './alias-statements.js';
import { noteBigints } from './bigints.js';
import { candidates } from './candidates.js';
import { settleClaims } from './claims.js';
import { foldRecord } from './each-record.js';
import {
  type FoldAmbiguity,
  type Folded,
  type FoldLog,
  foldLog,
  noteDoubt,
  type SetAside,
  setRecordAside,
} from './fold-log.js';
import type { FoldRecord } from './fold-record.js';
import type { FoldSource } from './fold-source.js';
import { foldIdentity, type FoldPlace } from './identity.js';
import { foldImplementationHashes } from './implementation-hashes.js';
import { foldQualifiedNames } from './qualified-names.js';
import { foldSectionChecksums } from './section-checksums.js';
import { foldSections } from './sections.js';

/** A file in normal form, sealed, and what folding it came to (FORMAT §10). */
export type FoldedFile = {
  readonly file: NetworkFile;
  /** Canonical. */
  readonly text: string;
  readonly folded: readonly Folded[];
  readonly ambiguous: readonly FoldAmbiguity[];
  readonly quarantined: readonly SetAside[];
  /** Where the source has each record: name → pointers of its entry and its extended object. */
  readonly origins: ReadonlyMap<string, { readonly entryPath: string; readonly extendedPath: string }>;
};

/**
 * Folds a 3.0.0 file into the file of `place`. Folding the result changes nothing. What inspection finds wrong then goes
 * to quarantine, records as a whole, until nothing is; `findings` when that cannot be.
 */
export function foldFile(
  source: FoldSource,
  place: { readonly network: string; readonly chainId: number },
): ({ readonly ok: true } & FoldedFile) | { readonly ok: false; readonly findings: readonly Finding[] } {
  const refused: Refusals = { records: new Map(), places: new Map() };
  for (;;) {
    const { origins, ...result } = foldOnce(source, place, refused);
    const path = networkFilePath('', place.network);
    const findings = inspectFile({ path, mode: '100644', bytes: Buffer.from(result.text) });
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return { ok: true, ...result, origins };
    const before = refused.records.size + refused.places.size;
    for (const error of errors) refuse(error, source, origins, refused);
    if (refused.records.size + refused.places.size === before) return { ok: false, findings: errors };
  }
}

/** What is refused after folding: entries as a whole, and places of sections; pointer into the source → rule. */
type Refusals = { readonly records: Map<string, string>; readonly places: Map<string, string> };

function foldOnce(
  source: FoldSource,
  { network, chainId }: { readonly network: string; readonly chainId: number },
  refused: Refusals,
): FoldedFile {
  const log = foldLog(source);
  const root = withoutPlaces(source.root, refused.places, log);
  const { network: saidNetwork, chainId: saidChainId } = root;
  const place: FoldPlace = { network, chainId, said: { network: saidNetwork, chainId: saidChainId } };
  noteBigints(log);
  foldIdentity(place, log);
  const checked = foldSectionChecksums(root, place, log);
  const { records, statements } = foldRecords(root, place, refused, log);
  settleClaims(records, log);
  const named = foldQualifiedNames(records, log);
  foldAliasStatements(statements, named, log);
  const verification = foldImplementationHashes(checked, named, log);
  const base: NetworkFile = { network, chainId, root: foldSections(root, verification, place, log) };
  const unsealed = withRecords(
    base,
    new Map(),
    named.map((record) => stateRecord(record, place)),
  );
  const file = { ...base, root: sealFile(unsealed.root).root };
  const { ambiguous, quarantined } = log;
  return {
    file,
    text: networkFileText(file),
    folded: underNewNames(log.folded, named),
    ambiguous,
    quarantined,
    origins: new Map(named.map(({ name, placed }) => [name, placed])),
  };
}

function foldRecords(root: JsonObject, place: FoldPlace, refused: Refusals, log: FoldLog) {
  const { records, statements } = candidates(root, log);
  const folded = records.flatMap((placed): FoldRecord[] => {
    const rule = refused.records.get(placed.entryPath);
    if (rule !== undefined) setRecordAside(log, placed.entryPath, placed.extendedPath, rule);
    const record = rule === undefined ? foldRecord(placed, place, log) : null;
    return record === null ? [] : [record];
  });
  return { records: folded, statements };
}

function stateRecord(record: FoldRecord, { network, chainId }: FoldPlace): StateRecord {
  const fields = [...record.fields].map(([field, { value }]): [string, Json] => [field, value]);
  const aliases = [...record.aliases.keys()].sort(compareText);
  if (aliases.length > 0) fields.push(['aliases', aliases]);
  return { network, chainId, category: record.placed.category, name: record.name, fields: Object.fromEntries(fields) };
}

/** `to` points into the result: early steps do not know yet what a record will be called. */
function underNewNames(folded: readonly Folded[], records: readonly FoldRecord[]): Folded[] {
  const moved = new Map(
    records
      .filter(({ name, placed }) => name !== placed.name)
      .flatMap(({ name, placed }) => [
        [placed.entryPath, pointer('contracts', placed.category, name)] as const,
        [placed.extendedPath, pointer(extendedPrefix + name)] as const,
      ]),
  );
  return folded.map((one) => {
    if (one.to === undefined) return one;
    const found = segments(one.to);
    const place = pointer(...found.slice(0, found[0] === 'contracts' ? 3 : 1));
    const now = moved.get(place);
    return now === undefined ? one : { ...one, to: now + one.to.slice(place.length) };
  });
}

function refuse(
  { rule, contract, path }: Finding,
  source: FoldSource,
  origins: FoldedFile['origins'],
  refused: Refusals,
) {
  const name = contract ?? recordAt(path);
  const origin = name === undefined ? undefined : origins.get(name);
  if (origin !== undefined) {
    if (!refused.records.has(origin.entryPath)) refused.records.set(origin.entryPath, rule);
    return;
  }
  // An item cannot be taken out of an array without moving the others: the member that holds it goes.
  let place = path;
  while (place !== '' && Array.isArray(valueAt(source.root, parentPointer(place)))) place = parentPointer(place);
  if (place !== '' && valueAt(source.root, place) !== undefined) refused.places.set(place, rule);
}

function withoutPlaces(root: JsonObject, places: ReadonlyMap<string, string>, log: FoldLog): JsonObject {
  let rest: Json = root;
  for (const [path, rule] of places) {
    rest = without(rest, segments(path));
    noteDoubt(log, rule, path, null);
  }
  return isObject(rest) ? rest : {};
}

function without(value: Json, [key = '', ...deeper]: readonly string[]): Json {
  const isLast = deeper.length === 0;
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, at) => (String(at) === key ? without(item, deeper) : item));
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([name]) => name !== key || !isLast);
  return Object.fromEntries(kept.map(([name, item]) => [name, name === key ? without(item, deeper) : item]));
}
