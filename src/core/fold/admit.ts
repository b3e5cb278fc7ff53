import type { Json } from '../json.js';
import { fieldsChecksum } from '../model/checksum.js';
import { reservedFields } from '../model/fields.js';
import { categoryNameProblem, recordNameProblem } from '../model/names.js';
import { type PlacedRecord, unionOf } from '../model/placed-record.js';
import type { FoldPlace } from './identity.js';

/**
 * The rule for which a record goes to quarantine before anything is folded (FORMAT §10.3), or null. A checksum of ours
 * must hold for the record as read, reserved names left out.
 */
export function admissionProblem(placed: PlacedRecord, place: FoldPlace): string | null {
  if (categoryNameProblem(placed.category) !== null) return 'category-name';
  if (recordNameProblem(placed.name) !== null) return 'record-name';
  const union = unionOf(placed);
  const checksum = union.get('checksum')?.value;
  if (typeof checksum !== 'string' || !checksum.startsWith('sha256:')) return null;
  const fields = [...union].flatMap(([field, { value }]): [string, Json][] =>
    reservedFields.has(field) ? [] : [[field, value]],
  );
  const { network = place.network, chainId = place.chainId } = place.said;
  const { category, name } = placed;
  const actual = fieldsChecksum({ network, chainId, category, name }, Object.fromEntries(fields));
  return checksum === actual ? null : 'checksum-mismatch';
}
