import { compareText } from '../equal.js';
import { damage } from './damage.js';
import { fileName, namedManifest, storeFiles } from './file-names.js';
import { compareInternal } from './internal-key.js';
import { type Manifest, readManifest } from './manifest.js';
import { readLog } from './read-log.js';
import { readTable } from './read-table.js';
import { reportTo, type StoreProblem } from './store-problem.js';
import type { TableFile } from './version-edit.js';
import { type FoundEntry, type FoundVersion, settleVersions } from './settle-versions.js';

export type StoreReading = {
  /** The newest version of each key that is not deleted, ascending by key. */
  readonly entries: readonly FoundEntry[];
  /** Every other version the files still hold, of deleted keys too; newest first within a key, ascending by key. */
  readonly superseded: readonly FoundVersion[];
  /** By file and offset. Without an error among them the entries are complete. */
  readonly problems: readonly StoreProblem[];
  /** How many keys the errors can affect at most: missing, or older than last written. Null when nothing bounds it. */
  readonly affected: number | null;
};

/** The files by name, as a Map has them. `get` is asked once for each, so that one at a time need be in memory. */
export type StoreSource = Pick<ReadonlyMap<string, Uint8Array>, 'keys' | 'get'>;

/** Most bytes of keys, blocks and records; beyond is the problem `too-much`. */
export type StoreLimits = { readonly bytes: number };

/**
 * A LevelDB from the bytes of its files alone: CURRENT, the MANIFEST it names, the tables and logs that one names, and whatever
 * other logs and tables are there as evidence of older versions. Every CRC is checked, and that what the files say of each other
 * is true. Never throws for what is in the files.
 */
export function readStore(files: StoreSource, limits: StoreLimits): StoreReading {
  const problems: StoreProblem[] = [];
  const room = roomOf(limits.bytes);
  const manifest = manifestOf(files, problems);
  const found: FoundVersion[] = [];
  fromTables(files, manifest, room, problems, found);
  fromLogs(files, manifest, room, problems, found);
  const settled = settleVersions(found);
  problems.push(...settled.problems);
  const last = manifest?.lastSequence ?? null;
  return {
    entries: settled.entries,
    superseded: settled.superseded,
    problems: problems.sort((a, b) => compareText(a.file, b.file) || a.offset - b.offset),
    affected: affectedBy(problems, last, found),
  };
}

function roomOf(limit: number): (bytes: number) => number {
  let used = 0;
  return (bytes) => {
    used += bytes;
    if (used > limit) throw damage('too-much', `holds more than the ${limit} bytes that are read`);
    return limit - used;
  };
}

function manifestOf(files: StoreSource, problems: StoreProblem[]): Manifest | null {
  const report = reportTo(problems, 'CURRENT');
  const bytes = files.get('CURRENT');
  const named = bytes === undefined ? null : namedManifest(Buffer.from(bytes).toString('latin1'));
  if (named === null) {
    const what = bytes === undefined ? 'is missing' : 'does not hold the name of a MANIFEST';
    report({ offset: 0, kind: 'current', message: what });
  }
  const name = named ?? onlyManifest(files);
  if (name === null) return null;
  const manifest = files.get(name);
  if (manifest === undefined) {
    report({ offset: 0, kind: 'missing-file', message: `names ${name}, which is missing` });
    return null;
  }
  return readManifest(manifest, reportTo(problems, name));
}

/** LevelDB takes the old one away when it makes another: of a single one it is known which files it counts. */
function onlyManifest(files: StoreSource): string | null {
  const { manifests } = storeFiles(files.keys());
  return manifests.length === 1 ? (manifests[0] ?? null) : null;
}

type Room = ReturnType<typeof roomOf>;

function fromTables(
  files: StoreSource,
  manifest: Manifest | null,
  room: Room,
  problems: StoreProblem[],
  found: FoundVersion[],
): void {
  const { tables } = storeFiles(files.keys());
  const listed = new Map((manifest?.tables ?? []).map((table) => [table.number, table]));
  for (const [number, name] of tables) {
    const table = listed.get(number);
    const isLive = manifest === null || table !== undefined;
    const report = reportTo(problems, name, isLive ? 'error' : 'warning');
    const bytes = files.get(name) ?? new Uint8Array();
    const read = readTable(bytes, room, report);
    if (table !== undefined) compareWithManifest(table, bytes.length, read, report);
    const last = manifest?.lastSequence ?? Infinity;
    if (isLive && read.versions.some(({ sequence }) => sequence > last)) {
      report({ offset: 0, kind: 'sequence', message: `holds writes after ${last}, the last that the MANIFEST knows` });
    }
    for (const { key, sequence, value } of read.versions) found.push({ key, sequence, value, file: name, isLive });
  }
  for (const { number } of manifest?.tables ?? []) {
    if (tables.has(number)) continue;
    const report = reportTo(problems, fileName(number, 'ldb'));
    report({ offset: 0, kind: 'missing-file', message: 'is missing, and the MANIFEST names it' });
  }
  if (manifest !== null) overlaps(manifest.tables, problems);
}

function compareWithManifest(
  table: TableFile,
  size: number,
  read: ReturnType<typeof readTable>,
  report: ReturnType<typeof reportTo>,
): void {
  if (size !== table.size) {
    report({ offset: 0, kind: 'size', message: `has ${size} bytes; the MANIFEST says ${table.size}` });
  }
  const { smallest, largest } = read;
  if (smallest === null || largest === null) return;
  if (compareInternal(smallest, table.smallest) === 0 && compareInternal(largest, table.largest) === 0) return;
  report({ offset: 0, kind: 'key-range', message: 'does not begin and end with the keys that the MANIFEST says' });
}

function overlaps(tables: readonly TableFile[], problems: StoreProblem[]): void {
  const sorted = tables
    .filter(({ level }) => level > 0)
    .sort((a, b) => a.level - b.level || compareInternal(a.smallest, b.smallest));
  for (const [i, table] of sorted.entries()) {
    const before = sorted[i - 1];
    if (before?.level !== table.level || compareInternal(before.largest, table.smallest) < 0) continue;
    const message = `overlaps ${fileName(before.number, 'ldb')} on level ${table.level}`;
    reportTo(problems, fileName(table.number, 'ldb'))({ offset: 0, kind: 'overlap', message });
  }
}

function fromLogs(
  files: StoreSource,
  manifest: Manifest | null,
  room: Room,
  problems: StoreProblem[],
  found: FoundVersion[],
): void {
  const { logs } = storeFiles(files.keys());
  const first = manifest?.logNumber ?? 0;
  const previous = manifest?.previousLogNumber ?? 0;
  let next = manifest?.lastSequence == null ? null : manifest.lastSequence + 1;
  for (const [number, name] of logs) {
    const isLive = number >= first || number === previous;
    const report = reportTo(problems, name, isLive ? 'error' : 'warning');
    const read = readLog(files.get(name) ?? new Uint8Array(), isLive ? next : null, room, report);
    if (isLive) next = read.next;
    for (const { key, sequence, value } of read.versions) found.push({ key, sequence, value, file: name, isLive });
  }
  for (const number of new Set(manifest?.logNumber == null ? [] : [first, previous])) {
    if ((number === 0 && number !== first) || logs.has(number)) continue;
    const report = reportTo(problems, fileName(number, 'log'));
    report({
      offset: 0,
      kind: 'missing-file',
      message: 'is missing, and the MANIFEST says that the newest writes are in it',
    });
  }
}

/**
 * Each write has a number, so what neither a table nor a log has any more is what was superseded and compacted away, or lost.
 * Writes at the damaged end of a log have numbers nobody knows; there the bytes bound them.
 */
function affectedBy(
  problems: readonly StoreProblem[],
  last: number | null,
  found: readonly FoundVersion[],
): number | null {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return 0;
  const isUnbounded = errors.some(({ file, kind }) => kind === 'missing-file' && file.endsWith('.log'));
  if (last === null || isUnbounded) return null;
  const seen = new Set<number>();
  let newest = last;
  for (const { sequence, isLive } of found) {
    if (!isLive) continue;
    seen.add(sequence);
    newest = Math.max(newest, sequence);
  }
  const tail = errors.reduce((sum, { kind, keys }) => sum + (kind === 'sequence-gap' ? 0 : (keys ?? 0)), 0);
  return newest - seen.size + tail;
}
