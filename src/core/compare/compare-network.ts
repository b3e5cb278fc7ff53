import type { Difference } from '../diff/differences.js';
import { identityAddress } from '../model/fields.js';
import { otherNames } from '../model/lookup.js';
import { type NetworkFile, recordsOf } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { compareRecord, fieldsOf, type RecordComparison } from './compare-record.js';
import type { SourceContract } from './source-contracts.js';

export type NetworkComparison = {
  /** Null for what belongs to no network. */
  readonly network: string | null;
  readonly chainId: number | null;
  readonly targetCount: number;
  readonly matches: number;
  readonly mismatches: readonly (RecordComparison & {
    readonly source: SourceContract;
    readonly record: StateRecord;
  })[];
  readonly missing: readonly MissingEntry[];
  /** In the target only. */
  readonly extra: readonly StateRecord[];
  /** What quarantine keeps word for word. */
  readonly quarantined: readonly KeptEntry[];
  readonly added: readonly { readonly contractName: string; readonly fields: readonly string[] }[];
  readonly settled: readonly { readonly contractName: string; readonly differences: readonly Difference[] }[];
  readonly fields: ReadonlyMap<string, FieldCount>;
};

/** In the source, and neither a record of the target nor in its quarantine. */
export type MissingEntry = {
  readonly key: string;
  /** Null for an entry that names no contract. */
  readonly source: SourceContract | null;
  /** Why, where the source's entry itself is the reason. */
  readonly reason: string | null;
};

export type KeptEntry = { readonly key: string; readonly file: string };

/** Values of the source, those of them that the target holds, and values of the target that nothing explains. */
export type FieldCount = { readonly source: number; readonly held: number; readonly unexplained: number };

/** The quarantine file that holds an entry word for word, relative to the repository root; null when none does. */
export type KeptIn = (key: string, raw: Uint8Array) => string | null;

/** All contracts that a source has on one network beside the network file; `together` is what all sources come to. */
export function compareNetwork(
  network: { readonly network: string; readonly chainId: number; readonly contracts: readonly SourceContract[] },
  target: NetworkFile | null,
  options: { readonly keptIn: KeptIn; readonly together?: NetworkFile | null },
): NetworkComparison {
  const records = target === null ? [] : recordsOf(target);
  const find = finder(records);
  const together = finder(options.together == null ? [] : recordsOf(options.together));
  const seen = new Set<string>();
  const fields = new Map<string, { source: number; held: number; unexplained: number }>();
  const mismatches: NetworkComparison['mismatches'][number][] = [];
  const missing: MissingEntry[] = [];
  const quarantined: KeptEntry[] = [];
  const added: NetworkComparison['added'][number][] = [];
  const settled: NetworkComparison['settled'][number][] = [];
  let matches = 0;
  for (const source of network.contracts) {
    const { contractName } = source.contract;
    const record = find(contractName);
    const file = source.raw === null ? null : options.keptIn(source.key, source.raw);
    const compared = record === null ? null : compareRecord(source, record, together(contractName));
    if (record !== null) seen.add(record.name);
    if (file !== null && (compared === null || compared.differences.length > 0)) {
      quarantined.push({ key: source.key, file });
      continue;
    }
    countFields(fields, source, compared);
    if (record === null || compared === null) {
      missing.push({ key: source.key, source, reason: null });
      continue;
    }
    if (compared.added.length > 0) added.push({ contractName: record.name, fields: compared.added });
    if (compared.settled.length > 0) settled.push({ contractName: record.name, differences: compared.settled });
    if (compared.differences.length > 0) mismatches.push({ ...compared, source, record });
    else matches += 1;
  }
  return {
    network: network.network,
    chainId: network.chainId,
    targetCount: records.length,
    matches,
    mismatches,
    missing,
    extra: records.filter(({ name }) => !seen.has(name)),
    quarantined,
    added,
    settled,
    fields,
  };
}

/** The address that makes a record what it is; null where it has none. */
export function recordAddress({ fields }: StateRecord): string | null {
  const address = identityAddress(fields);
  return typeof address === 'string' ? address : null;
}

/** As a writer finds the record of a name (FORMAT §5), without walking all of them each time; null where it is ambiguous. */
function finder(records: readonly StateRecord[]): (name: string) => StateRecord | null {
  const byName = new Map(records.map((record) => [record.name, record]));
  const byOther = new Map<string, StateRecord | null>();
  for (const record of records) {
    for (const name of new Set(otherNames(record))) byOther.set(name, byOther.has(name) ? null : record);
  }
  return (name) => byName.get(name) ?? byOther.get(name) ?? null;
}

function countFields(
  fields: Map<string, { source: number; held: number; unexplained: number }>,
  source: SourceContract,
  compared: RecordComparison | null,
): void {
  const count = (field: string) => {
    const known = fields.get(field) ?? { source: 0, held: 0, unexplained: 0 };
    fields.set(field, known);
    return known;
  };
  const held = compared?.held ?? new Map(fieldsOf(source).map((field) => [field, false]));
  for (const [field, isHeld] of held) {
    const one = count(field);
    one.source += 1;
    one.held += isHeld ? 1 : 0;
  }
  for (const field of compared?.unexplained ?? []) count(field).unexplained += 1;
}
