import { equalJson } from '../equal.js';
import { type JsonObject, member } from '../json.js';
import { inFileCase } from '../model/checksum.js';
import { reservedFields } from '../model/fields.js';
import { homeOf, type PlacedRecord } from '../model/placed-record.js';
import { pointer } from '../text/pointer.js';
import { type Complaint, shownValue } from './complaint.js';

/** Fields outside their home, and reserved names (FORMAT §4). All point at the copy that is not at home. */
export function inspectPlacement(record: PlacedRecord): Complaint[] {
  const { entry, extended, entryPath, extendedPath } = record;
  return [
    ...inspectObject(record, 'entry', entryPath, entry ?? {}, extended ?? {}),
    ...inspectObject(record, 'extended', extendedPath, extended ?? {}, entry ?? {}),
  ];
}

function inspectObject(
  { name }: PlacedRecord,
  place: 'entry' | 'extended',
  path: string,
  own: JsonObject,
  other: JsonObject,
): Complaint[] {
  return Object.entries(own).flatMap(([field, value]): Complaint[] => {
    const at = { path: path + pointer(field), contract: name };
    if (reservedFields.has(field)) {
      return [
        {
          rule: 'field-reserved',
          ...at,
          message: `${name} has a field ${field}, which is the name of a view and never a field`,
        },
      ];
    }
    if (homeOf(field) === place) return [];
    const home = homeOf(field) === 'entry' ? 'contracts' : `extended_${name}`;
    const atHome = member(other, field);
    if (atHome === undefined) {
      return [{ rule: 'field-misplaced', ...at, message: `${name} has ${field} outside its home, ${home}` }];
    }
    if (equalJson(inFileCase(field, value), inFileCase(field, atHome))) {
      return [{ rule: 'field-twice', ...at, message: `${name} has ${field} twice; its home is ${home}` }];
    }
    const message = `${name} has two values of ${field}: ${shownValue(value)} here and ${shownValue(atHome)} at home in ${home}`;
    return [{ rule: 'field-conflict', ...at, message }];
  });
}
