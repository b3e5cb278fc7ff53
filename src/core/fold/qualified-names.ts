import { compareText, equalJson } from '../equal.js';
import { recordNameProblem, shortName } from '../model/names.js';
import { pointer } from '../text/pointer.js';
import { type FoldLog, recordAside } from './fold-log.js';
import {
  callsOf,
  contractNameOf,
  dropContractName,
  type FoldRecord,
  setContractName,
  type Sourced,
} from './fold-record.js';

/**
 * Fully-qualified names (FORMAT §10.8): alone with its short name, a record takes that; one that is the record of the
 * short name becomes one with it; all others stay as they are called.
 */
export function foldQualifiedNames(records: readonly FoldRecord[], log: FoldLog): FoldRecord[] {
  const gone = new Set<FoldRecord>();
  const byName = new Map(records.map((record) => [record.name, record]));
  const callers = callersByShortName(records);
  for (const [short, qualified] of byShortName(records)) {
    const [record, ...rivals] = qualified;
    if (record === undefined || rivals.length > 0) continue;
    const named = byName.get(short);
    if (named === undefined) {
      const isFree = callers.get(short)?.size === 1 && recordNameProblem(short) === null;
      if (isFree) rename(record, short, log);
    } else if (sameIdentity(named, record)) {
      become(named, record, log);
      gone.add(record);
    }
  }
  return records.filter((record) => !gone.has(record));
}

function byShortName(records: readonly FoldRecord[]): ReadonlyMap<string, FoldRecord[]> {
  const groups = new Map<string, FoldRecord[]>();
  for (const record of records) {
    const short = shortName(record.name);
    if (short === record.name) continue;
    const group = groups.get(short) ?? [];
    group.push(record);
    groups.set(short, group);
  }
  return groups;
}

/** The records with a name or alias that is or ends in a short name. */
function callersByShortName(records: readonly FoldRecord[]): ReadonlyMap<string, ReadonlySet<FoldRecord>> {
  const callers = new Map<string, Set<FoldRecord>>();
  for (const record of records) {
    for (const call of callsOf(record)) {
      const short = shortName(call);
      callers.set(short, (callers.get(short) ?? new Set()).add(record));
    }
  }
  return callers;
}

function rename(record: FoldRecord, short: string, log: FoldLog): void {
  const { entryPath, category } = record.placed;
  const { name } = record;
  record.name = short;
  dropName(record, short, log);
  if (contractNameOf(record) === undefined) setContractName(record, name, entryPath);
  else record.aliases.set(name, entryPath);
  log.folded.push({ rule: 'name-qualified', path: entryPath, to: pointer('contracts', category, short) });
}

/** What was another name of the record is now its own. */
function dropName(record: FoldRecord, name: string, log: FoldLog): void {
  const alias = record.aliases.get(name);
  if (alias !== undefined) log.folded.push({ rule: 'alias-order', path: alias });
  record.aliases.delete(name);
  if (contractNameOf(record) !== name) return;
  log.folded.push({ rule: 'alias-clash', path: record.contractNamePath });
  dropContractName(record);
}

function sameIdentity(a: FoldRecord, b: FoldRecord): boolean {
  return equalJson(identity(a)?.value, identity(b)?.value);
}

function identity({ fields }: FoldRecord): Sourced | undefined {
  return fields.get('proxy') ?? fields.get('implementation');
}

/** One record if all common fields agree; else the one of the short name stands and the other goes to quarantine. */
function become(named: FoldRecord, record: FoldRecord, log: FoldLog): void {
  const { entryPath: path, extendedPath } = record.placed;
  const to = named.placed.entryPath;
  const differing = [...record.fields]
    .filter(([field, { value }]) => named.fields.has(field) && !equalJson(named.fields.get(field)?.value, value))
    .map(([field]) => field)
    .sort(compareText);
  if (differing.length === 0) {
    log.folded.push({ rule: 'name-twice', path, to });
    for (const [field, found] of record.fields) if (!named.fields.has(field)) named.fields.set(field, found);
    for (const [alias, place] of record.aliases) named.aliases.set(alias, place);
  } else {
    log.ambiguous.push({ rule: 'name-twice', path, kept: to, other: differing });
    log.quarantined.push(recordAside(log.source, path, extendedPath, 'name-twice'));
  }
  if (contractNameOf(named) !== record.name) named.aliases.set(record.name, path);
}
