import { equalJson } from '../equal.js';
import { isObject, type JsonObject, member } from '../json.js';
import { inFileCase } from '../model/checksum.js';
import { categoryNameProblem } from '../model/names.js';
import { extendedPrefix, type PlacedRecord, placedRecords } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { valueAt } from '../text/value-at.js';
import { type FoldLog, noteDoubt, recordAside, setAside, setRecordAside } from './fold-log.js';

/**
 * Every entry that may become a record, each name once (FORMAT §10.2), and the statements of aliases. Orphans, second
 * entries and what is no object go to quarantine.
 */
export function candidates(
  root: JsonObject,
  log: FoldLog,
): { readonly records: readonly PlacedRecord[]; readonly statements: readonly PlacedRecord[] } {
  foldCategories(root, log);
  const entries = placedRecords(root);
  const records = new Map<string, PlacedRecord>();
  for (const placed of entries.filter(isRecord)) {
    const first = records.get(placed.name);
    if (first === undefined) records.set(placed.name, placed);
    else foldSecond(first, placed, log);
  }
  const owned = new Set(records.keys());
  for (const { name, entry, entryPath, extendedPath } of entries) {
    if (entry !== null) continue;
    // What the entry would be is not known; the extended object goes with it, unless another entry has that name.
    setRecordAside(log, entryPath, owned.has(name) ? null : extendedPath, 'record-type');
    owned.add(name);
  }
  for (const key of Object.keys(root)) {
    if (!key.startsWith(extendedPrefix) || owned.has(key.slice(extendedPrefix.length))) continue;
    setAside(log, pointer(key), 'extended-orphan');
  }
  return { records: [...records.values()], statements: entries.filter(({ aliasStatement }) => aliasStatement) };
}

function foldCategories(root: JsonObject, log: FoldLog): void {
  const contracts = member(root, 'contracts');
  if (contracts === undefined) return;
  if (!isObject(contracts)) {
    noteDoubt(log, 'section-type', '/contracts', { core: {} });
    return;
  }
  for (const [category, names] of Object.entries(contracts)) {
    const path = pointer('contracts', category);
    if (names === null) log.folded.push({ rule: 'section-type', path });
    else if (!isObject(names)) noteDoubt(log, 'section-type', path, category === 'core' ? {} : null);
    else if (Object.keys(names).length === 0 && categoryNameProblem(category) !== null) {
      log.folded.push({ rule: 'category-name', path });
    }
  }
}

function isRecord({ entry, aliasStatement }: PlacedRecord): boolean {
  return entry !== null && !aliasStatement;
}

function foldSecond(first: PlacedRecord, second: PlacedRecord, log: FoldLog): void {
  const { entryPath: path } = second;
  if (equalJson(cased(first), cased(second))) {
    log.folded.push({ rule: 'record-duplicate', path, to: first.entryPath });
    return;
  }
  const aside = recordAside(log.source, path, null, 'record-duplicate');
  const other = valueAt(log.source.root, path) ?? null;
  log.ambiguous.push({ rule: 'record-duplicate', path, kept: first.entryPath, other });
  log.quarantined.push(aside);
}

function cased({ entry }: PlacedRecord): JsonObject {
  return Object.fromEntries(Object.entries(entry ?? {}).map(([field, value]) => [field, inFileCase(field, value)]));
}
