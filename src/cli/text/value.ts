import { isObject, type Json, member } from '../../core/json.js';
import { terminalSafe } from './escape.js';

/** How a field is called where people read; others go by their own name. */
export function fieldLabel(field: string): string {
  if (field === 'implementationHash') return 'code hash';
  if (field === 'factoryByteCodeHash') return 'factory hash';
  if (field === 'deploymentArgs') return 'arguments';
  return terminalSafe(field);
}

/** A value on one line: text as it is, a big integer by its digits, everything else as JSON. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return terminalSafe(value);
  return terminalSafe(bigintDigits(value) ?? JSON.stringify(value));
}

/** Eight digits to recognise a hash by, null when the value is none (UX, principle 3). */
export function shortHash(value: Json | undefined): string | null {
  return typeof value === 'string' && /^0x[0-9a-fA-F]{64}$/.test(value) ? value.slice(2, 10) : null;
}

/** Parts of a value that stand on lines of their own: the items of arrays and members of objects, down to the leaves. */
export function leaves(value: Json, label: string): { label: string; value: Json }[] {
  if (bigintDigits(value) === null && isObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, item]) => leaves(item, `${label} ${terminalSafe(key)}`.trim()));
  }
  if (Array.isArray(value) && value.length > 0) {
    return (value as readonly Json[]).flatMap((item, i) => leaves(item, `${label} ${i}`.trim()));
  }
  return [{ label, value }];
}

function bigintDigits(value: Json): string | null {
  if (!isObject(value) || member(value, '_type') !== 'bigint') return null;
  const digits = member(value, '_value');
  return typeof digits === 'string' ? digits : null;
}
