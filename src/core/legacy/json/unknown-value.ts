import type { Json } from '../../json.js';
import { knownFields } from '../../model/fields.js';
import { addressProblem } from '../../values/address.js';

/**
 * The rule by which a value of an older file says nothing: null, `""`, the zero address, the hash `"pending"`; null
 * where it says something.
 */
export function unknownRule(value: Json): string | null {
  if (value === null) return 'field-null';
  if (value === '') return 'field-empty';
  return addressProblem(value) === 'address-zero' ? 'address-zero' : null;
}

/** The same for a field of a record. What is no known field keeps whatever it has. */
export function unknownFieldRule(field: string, value: Json): string | null {
  const form = field === 'address' || field === 'proxyAddress' ? 'address' : knownFields.get(field)?.form;
  if (form === undefined) return null;
  if (form === 'hash') return value === 'pending' ? 'hash-pending' : value === '' ? 'hash-empty' : nullRule(value);
  return form === 'address' ? unknownRule(value) : nullRule(value);
}

function nullRule(value: Json): string | null {
  return value === null ? 'field-null' : null;
}
