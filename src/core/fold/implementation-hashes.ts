import { isObject, type Json, member } from '../json.js';
import { extendedPrefix } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { hashProblem, lowerHash } from '../values/hash.js';
import { type FoldLog, noteDoubt } from './fold-log.js';
import { callsOf, type FoldRecord } from './fold-record.js';

/**
 * `verification` without the hashes that belong in records (FORMAT §10.9): equal ones are dropped, missing ones moved,
 * and where the two differ the record stands. Keys that name no record are unknown data; a map that is emptied goes.
 */
export function foldImplementationHashes(
  verification: Json | undefined,
  records: readonly FoldRecord[],
  log: FoldLog,
): Json | undefined {
  if (verification === undefined || !isObject(verification)) return verification;
  const hashes = member(verification, 'implementationHashes');
  if (hashes === undefined || !isObject(hashes)) return verification;
  const owners = new Map(records.flatMap((record) => callsOf(record).map((call) => [call, record] as const)));
  const kept = Object.entries(hashes).filter(([name, hash]) => {
    const record = owners.get(name);
    if (record === undefined) return true;
    foldHash(record, hash, pointer('verification', 'implementationHashes', name), log);
    return false;
  });
  if (kept.length === Object.keys(hashes).length) return verification;
  const rest = Object.entries(verification).filter(([key]) => key !== 'implementationHashes');
  return Object.fromEntries(
    kept.length === 0 ? rest : [...rest, ['implementationHashes', Object.fromEntries(kept)] as const],
  );
}

function foldHash({ name, fields }: FoldRecord, hash: Json, path: string, log: FoldLog): void {
  const own = fields.get('implementationHash')?.value;
  if (hash === null) log.folded.push({ rule: 'field-null', path });
  else if (hash === '') log.folded.push({ rule: 'hash-empty', path });
  else if (typeof hash !== 'string' || hashProblem(hash) === 'hash-format') {
    noteDoubt(log, 'hash-format', path, own ?? null);
  } else if (own === undefined) {
    fields.set('implementationHash', { value: lowerHash(hash), path });
    log.folded.push({ rule: 'hash-misplaced', path, to: pointer(extendedPrefix + name, 'implementationHash') });
  } else if (own === lowerHash(hash)) log.folded.push({ rule: 'hash-twice', path });
  else noteDoubt(log, 'hash-conflict', path, own);
}
