import type { Config } from '../config/config.js';
import { equalJson } from '../equal.js';
import { member } from '../json.js';
import { sealRecord } from '../model/checksum.js';
import { shortName } from '../model/names.js';
import { type NetworkFile, recordsOf } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { shown } from '../shown.js';
import { contestedShortNames, nameOf } from './entry-name.js';
import { type Ambiguity, type LegacyRecord, type LegacyReject, reject } from './legacy-record.js';
import { nameIndex } from './name-index.js';
import { type NextRecord, nextRecord } from './next-record.js';
import { historyFields } from './recover-history.js';
import { withRecords } from './with-records.js';

/** One network file after an import, and what became of each entry of the source. */
export type NetworkMerge = {
  readonly file: NetworkFile;
  /** Records that are new or changed: name → key of the entry. */
  readonly imported: ReadonlyMap<string, LegacyRecord>;
  readonly unchanged: number;
  readonly rejects: readonly LegacyReject[];
  readonly ambiguous: readonly Ambiguity[];
  /** What older versions of an entry filled. */
  readonly recovered: readonly RecoveredField[];
  /** What they said of the past: `firstDeployedAt`, `upgrades`. */
  readonly history: readonly RecoveredField[];
  /** Records of the source that have no deploymentArgs here either. */
  readonly withoutArguments: number;
};

/** A field of a record that came from an older version, and the file of the source it stands in. */
export type RecoveredField = { readonly contractName: string; readonly field: string; readonly file: string };

/**
 * Brings what a source says into a network file (CONTRACT §4, `import`): it replaces what is there, fields it does not
 * know stay, as `next` decides. `records` in key order; of two for one record the first stands, the other goes to
 * quarantine.
 */
export function mergeNetwork(
  file: NetworkFile,
  records: readonly LegacyRecord[],
  config: Config,
  next: NextRecord = nextRecord,
): NetworkMerge {
  const before = new Map(recordsOf(file).map((record) => [record.name, record]));
  const index = nameIndex(file, [...before.values()]);
  const contested = contestedShortNames(records);
  const takenBy = new Map<string, LegacyRecord>();
  const imported = new Map<string, LegacyRecord>();
  const rejects: LegacyReject[] = [];
  const ambiguous: Ambiguity[] = [];
  const recovered: RecoveredField[] = [];
  const history: RecoveredField[] = [];
  for (const record of shortNamesFirst(records)) {
    const named = nameOf(index, record, takenBy, contested);
    const rival = 'name' in named ? takenBy.get(named.name) : undefined;
    if (rival !== undefined) {
      if (equalJson(rival.fields, record.fields)) continue;
      ambiguous.push({ rule: 'duplicate-record', path: record.key, kept: rival.key, other: record.value });
    }
    const made = outcomeOf(rival, named, (name) => next(file, index.get(name), record, name, config));
    if ('reason' in made) {
      rejects.push(reject(record, made.reason));
      continue;
    }
    const { name } = made.record;
    takenBy.set(name, record);
    if (made.ambiguous !== undefined) ambiguous.push(made.ambiguous);
    if (name !== record.contractName) {
      ambiguous.push({ rule: 'name-qualified', path: record.key, kept: name, other: record.contractName });
    }
    for (const field of made.filled ?? []) {
      const list = historyFields.has(field) ? history : recovered;
      list.push({ contractName: name, field, file: record.recovered?.get(field)?.file ?? '' });
    }
    if (!made.changed) continue;
    index.set(sealRecord(made.record));
    imported.set(name, record);
  }
  const written = [...imported.keys()].flatMap((name) => index.get(name) ?? []);
  return {
    file: written.length === 0 ? file : withRecords(file, before, written),
    imported,
    unchanged: takenBy.size - imported.size,
    rejects,
    ambiguous,
    recovered,
    history,
    withoutArguments: [...takenBy.keys()].filter((name) => lacksArguments(index.get(name))).length,
  };
}

/** A short name belongs to the entry that uses it as it is; fully-qualified ones come after and make way. */
function shortNamesFirst(records: readonly LegacyRecord[]): LegacyRecord[] {
  const isQualified = ({ contractName }: LegacyRecord): boolean => shortName(contractName) !== contractName;
  return [...records.filter((record) => !isQualified(record)), ...records.filter(isQualified)];
}

function outcomeOf(
  rival: LegacyRecord | undefined,
  named: { readonly name: string } | { readonly reason: string },
  make: (name: string) => ReturnType<NextRecord>,
): ReturnType<NextRecord> {
  if (rival !== undefined) return contradiction(rival);
  return 'reason' in named ? named : make(named.name);
}

function contradiction(rival: LegacyRecord): { readonly reason: string } {
  return { reason: `${shown(rival.key)} is another entry of the same record and says otherwise` };
}

function lacksArguments(record: StateRecord | undefined): boolean {
  return record !== undefined && member(record.fields, 'deploymentArgs') === undefined;
}
