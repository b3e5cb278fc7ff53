import { isObject, type Json, type JsonObject } from '../json.js';
import { canonicalize } from './canonical.js';
import { foreignValue } from './foreign.js';
import { readSyntax } from './read-syntax.js';
import type { Refusal, Refused } from './refusal.js';
import { refuseValue } from './refuse-value.js';

export type { Refusal };

const loneSurrogate = /\p{Surrogate}/u;

/**
 * Reads the bytes of a network file strictly (FORMAT §2): an object, or the one refusal. `text` is the exact text,
 * a BOM included; whether it is canonical is another question (`text === canonicalize(value)`).
 */
export function readText(
  bytes: Uint8Array,
): { readonly ok: true; readonly text: string; readonly value: JsonObject } | Refused {
  const read = readJson(bytes, { objectOnly: true, foreign: false });
  if (!read.ok) return read;
  if (!isObject(read.value)) throw new TypeError('a root that is no object was let through');
  return { ok: true, text: read.text, value: read.value };
}

/** The same for any root. `foreign`: integers beyond 2^53−1 and `{"type":"BigInt","value"}` become tagged bigints (FORMAT §6). */
export function readValue(
  bytes: Uint8Array,
  options: { readonly foreign?: boolean } = {},
): { readonly ok: true; readonly value: Json } | Refused {
  const read = readJson(bytes, { objectOnly: false, foreign: options.foreign ?? false });
  return read.ok ? { ok: true, value: read.value } : read;
}

function readJson(
  bytes: Uint8Array,
  { objectOnly, foreign }: { objectOnly: boolean; foreign: boolean },
): { readonly ok: true; readonly text: string; readonly value: Json } | Refused {
  const read = readSyntax(bytes, { objectOnly });
  if (!read.ok) return read;
  const { text, value } = read;
  if (foreign) return refuseValue(text, { hugeIntegers: true }) ?? { ok: true, text, value: foreignValue(text) };
  // Canonical text has no duplicate keys and spells every number as ES does: only values are left to judge.
  if (isKept(value) && text === canonicalize(value)) return { ok: true, text, value };
  return refuseValue(text, { hugeIntegers: false }) ?? { ok: true, text, value };
}

function isKept(value: Json): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value === 'string') return !loneSurrogate.test(value);
  if (value === null || typeof value === 'boolean') return true;
  if (!isObject(value)) return value.every(isKept);
  return Object.entries(value).every(([key, item]) => key !== '__proto__' && !loneSurrogate.test(key) && isKept(item));
}
