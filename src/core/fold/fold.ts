import { compareText } from '../equal.js';
import { type Finding } from '../finding.js';
import { inspectFile } from '../inspect/inspect.js';
import { type Json, type JsonObject, member } from '../json.js';
import { networkFilePath } from '../layout.js';
import { withRecords } from '../legacy/with-records.js';
import { type NetworkFile, networkFileText } from '../model/network-file.js';
import { extendedPrefix } from '../model/placed-record.js';
import type { StateRecord } from '../model/record.js';
import { sealFile } from '../model/seal.js';
import { pointer, segments } from '../text/pointer.js';
import { foldAliasStatements } from './alias-statements.js';
import { noteBigints } from './bigints.js';
import { candidates } from './candidates.js';
import { settleClaims } from './claims.js';
import { foldRecord } from './each-record.js';
import { type FoldAmbiguity, type Folded, type FoldLog, foldLog, type SetAside, setRecordAside } from './fold-log.js';
import type { FoldRecord } from './fold-record.js';
import type { FoldSource } from './fold-source.js';
import { foldIdentity, type FoldPlace } from './identity.js';
import { foldImplementationHashes } from './implementation-hashes.js';
import { foldQualifiedNames } from './qualified-names.js';
import { noRefusals, type Origins, refuseFound, type Refusals, withoutPlaces } from './refusals.js';
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
  readonly origins: Origins;
};

/**
 * Folds a 3.0.0 file into the file of `place`. Folding the result changes nothing. What inspection finds wrong then goes
 * to quarantine, records as a whole, until nothing is; `findings` when that cannot be.
 */
export function foldFile(
  source: FoldSource,
  place: { readonly network: string; readonly chainId: number },
): ({ readonly ok: true } & FoldedFile) | { readonly ok: false; readonly findings: readonly Finding[] } {
  const refused = noRefusals();
  for (;;) {
    const { origins, ...result } = foldOnce(source, place, refused);
    const path = networkFilePath('', place.network);
    const findings = inspectFile({ path, mode: '100644', bytes: Buffer.from(result.text) });
    const errors = findings.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return { ok: true, ...result, origins };
    const before = refused.records.size + refused.places.size;
    for (const error of errors) refuseFound(error, source, origins, refused);
    if (refused.records.size + refused.places.size === before) return { ok: false, findings: errors };
  }
}

function foldOnce(
  source: FoldSource,
  { network, chainId }: { readonly network: string; readonly chainId: number },
  refused: Refusals,
): FoldedFile {
  const log = foldLog(source);
  const root = withoutPlaces(source.root, refused.places, log);
  const said = { network: member(root, 'network'), chainId: member(root, 'chainId') };
  const place: FoldPlace = { network, chainId, said };
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
