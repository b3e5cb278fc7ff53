import { equalJson } from '../equal.js';
import { findForWrite, nameForNew } from '../model/lookup.js';
import { shortName } from '../model/names.js';
import { recordsOf } from '../model/network-file.js';
import type { StateRecord } from '../model/record.js';
import { shown } from '../shown.js';
import { isAtSameAddress } from './json/same-contract.js';
import type { LegacyRecord } from './legacy-record.js';
import type { NameIndex } from './name-index.js';
import { refused } from './refused.js';

/**
 * What the record is called here (FORMAT §5): as the file knows it, be it by its address; else its short name where that is
 * free.
 */
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
  if (found === null) {
    const known = recordsOf(around).find((other) => isOneContract(other, record) && !takenBy.has(other.name));
    if (known !== undefined) return { name: known.name };
    const isContested = contested.has(shortName(contractName));
    return isContested ? { name: contractName } : nameForNew(around, contractName);
  }
  const rival = takenBy.get(found.name);
  if (rival === undefined || saysTheSame(rival, record)) return { name: found.name };
  // A record of its own would clash with the other name of the record that is there.
  return { reason: `${shown(rival.key)} is this record already, under another of its names` };
}

/**
 * A fully-qualified name and the record of its short name, or the other way round, at the same address (FORMAT §10.8): a
 * source that came before this one only called it otherwise.
 */
function isOneContract({ name, fields }: StateRecord, record: LegacyRecord): boolean {
  const { contractName } = record;
  const isShortOfOther = shortName(contractName) === name || shortName(name) === contractName;
  return isShortOfOther && isAtSameAddress(fields, record.fields);
}

/** One contract under two of its names, or two entries to choose between: either way the one record. */
function saysTheSame(rival: LegacyRecord, record: LegacyRecord): boolean {
  return rival.contractName === record.contractName || equalJson(rival.fields, record.fields);
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
