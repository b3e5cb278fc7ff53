import { type Json, type JsonObject, member } from '../json.js';
import { fieldsChecksum } from '../model/checksum.js';
import { type PlacedRecord, unionOf } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { type Complaint, shownValue } from './complaint.js';

/**
 * The checksum of one record (FORMAT §7). `placement` is what was found about its places: with a conflicting or a reserved
 * field it is not known which values the checksum should cover.
 */
export function inspectChecksum(root: JsonObject, record: PlacedRecord, placement: readonly Complaint[]): Complaint[] {
  // A broken extended object has a finding of its own; what it should hold is not known.
  if (record.extended === null) return [];
  const union = unionOf(record);
  const sealed = union.get('checksum');
  if (sealed === undefined) {
    const message = `${record.name} is unsealed: it has no checksum`;
    return [{ rule: 'checksum-missing', path: record.entryPath, contract: record.name, message }];
  }
  if (sealed.value === null) return [];
  const path = (sealed.at === 'entry' ? record.entryPath : record.extendedPath) + pointer('checksum');
  const fields = Object.fromEntries([...union].map(([field, { value }]): [string, Json] => [field, value]));
  const isUndecided = placement.some(({ rule }) => rule === 'field-conflict' || rule === 'field-reserved');
  const found =
    formProblem(record, sealed.value) ?? (isUndecided ? null : mismatch(root, record, fields, sealed.value));
  return found === null ? [] : [{ ...found, path, contract: record.name }];
}

type Found = { readonly rule: string; readonly message: string };

function formProblem({ name }: PlacedRecord, checksum: Json): Found | null {
  const [, tag = '', digits = ''] = (typeof checksum === 'string' ? /^([^:]+):([\s\S]*)$/.exec(checksum) : null) ?? [];
  if (tag !== '' && tag !== 'sha256') {
    return {
      rule: 'checksum-algorithm',
      message: `${name} has a checksum of the algorithm ${shownValue(tag)}; only sha256 is known`,
    };
  }
  if (tag === 'sha256' && /^[0-9a-f]{64}$/.test(digits)) return null;
  return {
    rule: 'checksum-form',
    message: `${name} has the checksum ${shownValue(checksum)}, not sha256: and 64 hexadecimal digits`,
  };
}

function mismatch(
  root: JsonObject,
  { category, name }: PlacedRecord,
  fields: JsonObject,
  checksum: Json,
): Found | null {
  const network = member(root, 'network');
  const chainId = member(root, 'chainId');
  if (network === undefined || chainId === undefined) return null;
  if (fieldsChecksum({ network, chainId, category, name }, fields) === checksum) return null;
  return {
    rule: 'checksum-mismatch',
    message: `${name} no longer matches its checksum: edited by hand, or half of two edits`,
  };
}
