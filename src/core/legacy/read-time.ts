import { isObject, type Json } from '../json.js';
import { isTaggedBigint } from '../values/bigint.js';
import { shown } from '../shown.js';
import { kindOf } from './kind-of.js';

export type LegacyTime = { readonly timestamp: number; readonly deployedAt?: string };

/**
 * A time of a foreign source (FORMAT §10.7): numbers are milliseconds; text of 13–14 digits too; 16–19 digits are
 * nanoseconds and, like ISO 8601, keep their text in `deployedAt`. Else the reason.
 */
export function readTime(field: string, value: Json): LegacyTime | { readonly reason: string } {
  if (typeof value === 'number') return readNumber(field, value);
  if (isObject(value) && isTaggedBigint(value)) return readDigits(field, value._value);
  if (typeof value !== 'string') return { reason: `${field} is ${kindOf(value)}, not a time` };
  if (/^\d+$/.test(value)) return readDigits(field, value);
  const parsed = isoDate.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(parsed) || parsed < 0) return { reason: `${field} ${shown(value)} is not a time` };
  return { timestamp: parsed, deployedAt: value };
}

const latest = 99_999_999_999_999;
const isoDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function readNumber(field: string, value: number): LegacyTime | { readonly reason: string } {
  if (Number.isInteger(value) && value >= 0 && value <= latest) return { timestamp: value };
  // Nanoseconds of 1970 to 1970-04-15 would be safe integers; larger ones arrive as tagged bigints.
  return { reason: `${field} ${value} is not a time in milliseconds` };
}

function readDigits(field: string, digits: string): LegacyTime | { readonly reason: string } {
  if (/^[1-9]\d{12,13}$/.test(digits)) return { timestamp: Number(digits) };
  if (/^[1-9]\d{15,18}$/.test(digits)) return { timestamp: Number(BigInt(digits) / 1_000_000n), deployedAt: digits };
  return { reason: `${field} ${shown(digits)} is neither milliseconds nor nanoseconds` };
}
