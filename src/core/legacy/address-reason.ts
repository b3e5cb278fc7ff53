import type { Json } from '../json.js';
import { addressProblem } from '../values/address.js';
import { shown } from '../shown.js';
import { kindOf } from './kind-of.js';

/** Why an address of a source cannot be state, as a sentence about `field`; null when it can (its case is repaired). */
export function addressReason(field: string, value: Json): string | null {
  if (typeof value !== 'string') return `${field} is ${kindOf(value)}, not an address`;
  switch (addressProblem(value)) {
    case null:
    case 'address-case':
      return null;
    case 'address-zero':
      return `${field} is the zero address`;
    case 'address-hash':
      return `${field} ${value} has 64 digits, not 40: it is a hash`;
    case 'address-checksum':
      return `${field} ${value} breaks its own EIP-55 checksum: a digit or its case is wrong`;
    case 'address-format':
      return malformed(field, value);
  }
}

function malformed(field: string, value: string): string {
  if (!value.startsWith('0x')) return `${field} ${shown(value)} does not begin with 0x`;
  const digits = value.slice(2);
  if (!/^[0-9a-zA-Z]{1,100}$/.test(digits)) return `${field} ${shown(value)} is not an address`;
  if (!/^[0-9a-fA-F]+$/.test(digits)) return `${field} ${value} is not hexadecimal`;
  return `${field} ${value} has ${digits.length} digits, not 40`;
}
