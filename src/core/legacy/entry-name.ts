import { findForWrite, nameForNew } from '../model/lookup.js';
import { shortName } from '../model/names.js';
import { shown } from '../shown.js';
import type { LegacyRecord } from './legacy-record.js';
import type { NameIndex } from './name-index.js';
import { refused } from './refused.js';

/** What the record is called here (FORMAT §5): as the file knows it, else its short name where that is free. */
export function nameOf(
  index: NameIndex,
  record: LegacyRecord,
  takenBy: ReadonlyMap<string, LegacyRecord>,
  contested: ReadonlySet<string>,
): { readonly name: string } | { readonly reason: string } {
  const { contractName } = record;
  const around = index.around(contractName);
  const found = refused(() => findForWrite(around, contractName));
  if (found !== null && 'reason' in found) return found;
  const rival = found === null ? undefined : takenBy.get(found.name);
  if (found !== null && (rival === undefined || rival.contractName === contractName)) return { name: found.name };
  if (rival === undefined && !contested.has(shortName(contractName))) return nameForNew(around, contractName);
  if (index.get(contractName) === undefined) return { name: contractName };
  return { reason: `${shown(rival?.key ?? '')} is this record already, under another of its names` };
}

/** Short names that several fully-qualified names of the source end in: none of them gets it (FORMAT §10.8). */
export function contestedShortNames(records: readonly LegacyRecord[]): ReadonlySet<string> {
  const names = [...new Set(records.map((record) => record.contractName))];
  const seen = new Set<string>();
  const contested = new Set<string>();
  for (const short of names.filter((name) => shortName(name) !== name).map(shortName)) {
    if (seen.has(short)) contested.add(short);
    seen.add(short);
  }
  return contested;
}
