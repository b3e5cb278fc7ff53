import type { PlacedRecord } from '../model/placed-record.js';
import { foldAddresses } from './addresses.js';
import { admissionProblem } from './admit.js';
import { type FoldLog, foldLog, noteDoubt, setRecordAside } from './fold-log.js';
import type { FoldRecord } from './fold-record.js';
import { foldForms } from './forms.js';
import { foldHashes } from './hashes.js';
import type { FoldPlace } from './identity.js';
import { inOnePlace } from './one-place.js';
import { foldTimes } from './times.js';
import { foldViewNames } from './view-names.js';

/** One record by the steps of FORMAT §10.3 to §10.7; null when it goes to quarantine whole. */
export function foldRecord(placed: PlacedRecord, place: FoldPlace, log: FoldLog): FoldRecord | null {
  const refusal = admissionProblem(placed, place);
  if (refusal !== null) {
    setRecordAside(log, placed.entryPath, placed.extendedPath, refusal);
    return null;
  }
  const own = foldLog(log.source);
  if (placed.extended === null) noteDoubt(own, 'section-type', placed.extendedPath, null);
  const record = inOnePlace(placed, own);
  dropChecksum(record, own);
  foldForms(record, own);
  foldViewNames(record, place, own);
  foldHashes(record, own);
  const problem = foldAddresses(record, own);
  log.folded.push(...own.folded);
  if (problem !== null) {
    // Whatever was doubtful is in quarantine with the rest of the record.
    setRecordAside(log, placed.entryPath, placed.extendedPath, problem);
    return null;
  }
  log.ambiguous.push(...own.ambiguous);
  log.quarantined.push(...own.quarantined);
  foldTimes(record, log);
  return record;
}

/** It held, or it is of a form that says nothing any more: sealing makes the new one. */
function dropChecksum({ fields }: FoldRecord, log: FoldLog): void {
  const checksum = fields.get('checksum');
  fields.delete('checksum');
  if (checksum === undefined) return;
  if (typeof checksum.value === 'string' && checksum.value.startsWith('sha256:')) return;
  log.folded.push({ rule: 'checksum-form', path: checksum.path });
}
