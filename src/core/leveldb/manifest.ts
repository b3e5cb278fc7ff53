import { logRecords } from './log-records.js';
import { orProblem, type Report } from './store-problem.js';
import { type TableFile, type VersionEdit, versionEdit } from './version-edit.js';

/** What a MANIFEST says after its last record; null where it does not say. */
export type Manifest = {
  readonly logNumber: number | null;
  readonly previousLogNumber: number;
  readonly nextFileNumber: number | null;
  readonly lastSequence: number | null;
  /** Ascending by level, then number. */
  readonly tables: readonly TableFile[];
};

const comparator = 'leveldb.BytewiseComparator';

/** Every record of a MANIFEST played in order. A torn record counts as damage: it decides which files are the database. */
export function readManifest(bytes: Uint8Array, report: Report): Manifest {
  const tables = new Map<string, TableFile>();
  const said: { -readonly [Name in keyof VersionEdit]?: VersionEdit[Name] } = {};
  for (const { offset, bytes: record } of logRecords(bytes, (problem) => {
    report({ ...problem, severity: 'error' });
  })) {
    const edit = orProblem(report, offset, () => versionEdit(record));
    if (edit === null) continue;
    Object.assign(said, edit);
    for (const { level, number } of edit.deleted) {
      if (tables.delete(placeOf(level, number))) continue;
      report({ offset, kind: 'manifest', message: `takes table ${number} out of level ${level}, where it is not` });
    }
    for (const table of edit.added) tables.set(placeOf(table.level, table.number), table);
  }
  judge(said, report);
  return {
    logNumber: said.logNumber ?? null,
    previousLogNumber: said.previousLogNumber ?? 0,
    nextFileNumber: said.nextFileNumber ?? null,
    lastSequence: said.lastSequence ?? null,
    tables: [...tables.values()].sort((a, b) => a.level - b.level || a.number - b.number),
  };
}

function placeOf(level: number, number: number): string {
  return `${level}/${number}`;
}

function judge(said: Partial<VersionEdit>, report: Report): void {
  if (said.comparator !== undefined && said.comparator !== comparator) {
    const message = `names the order ${JSON.stringify(said.comparator)}; only ${comparator} is read`;
    report({ offset: 0, kind: 'comparator', message });
  }
  const needed = ['comparator', 'logNumber', 'nextFileNumber', 'lastSequence'] as const;
  const missing = needed.filter((name) => said[name] === undefined);
  if (missing.length > 0) report({ offset: 0, kind: 'manifest', message: `never says ${missing.join(', ')}` });
}
