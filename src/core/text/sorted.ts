import { isObject, type Json } from '../json.js';

/**
 * Whether `JSON.stringify` writes this value as the packages behind canonical text and RFC 8785 do: the keys of every
 * object ascend by UTF-16 code unit as they stand, and every number is finite. Values of canonical text are so, unless
 * they have keys like `10`, which objects list by number; and the packages cost a hook more than all its checks.
 */
export function isSorted(value: Json): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (!isObject(value)) return value.every(isSorted);
  let last = '';
  for (const [key, item] of Object.entries(value)) {
    if (key < last || !isSorted(item)) return false;
    last = key;
  }
  return true;
}
