import { isObject, type Json, type JsonObject } from '../json.js';
import { canonicalize } from './canonical.js';
import { foreignValue } from './foreign.js';
import { decodeText, maximumDepth, parsed, parseText } from './read-syntax.js';
import type { Refusal, Refused } from './refusal.js';
import { refuseValue } from './refuse-value.js';

export type { Refusal };

/** In a text of this many UTF-16 units no nesting exhausts the memory of `JSON.parse`, which does not recurse. */
const smallText = 1_048_576;

/**
 * Reads the bytes of a network file strictly (FORMAT §2): an object, or the one refusal. `text` is the exact text,
 * a BOM included, and `canonical` whether it is the one text of the value (`text === canonicalize(value)`).
 */
export function readText(
  bytes: Uint8Array,
): { readonly ok: true; readonly text: string; readonly value: JsonObject; readonly canonical: boolean } | Refused {
  const read = readJson(bytes, { objectOnly: true, foreign: false });
  if (!read.ok) return read;
  if (!isObject(read.value)) throw new TypeError('a root that is no object was let through');
  return { ok: true, text: read.text, value: read.value, canonical: read.canonical };
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
): { readonly ok: true; readonly text: string; readonly value: Json; readonly canonical: boolean } | Refused {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const usual = foreign ? compactValue(decoded.text) : canonicalValue(decoded.text);
  if (usual !== undefined && (isObject(usual) || !objectOnly)) {
    return { ok: true, text: decoded.text, value: usual, canonical: !foreign };
  }
  const read = parseText(decoded.text, { objectOnly });
  if (!read.ok) return read;
  const { text, value } = read;
  if (foreign) {
    return refuseValue(text, { hugeIntegers: true }) ?? { ok: true, text, value: foreignValue(text), canonical: false };
  }
  const canonical = isCanonical(text, value);
  return (canonical ? null : refuseValue(text, { hugeIntegers: false })) ?? { ok: true, text, value, canonical };
}

/** The value of a text that is canonical, as nearly all are, and of no other: not scanned, it costs a hook little. */
function canonicalValue(text: string): Json | undefined {
  const value = text.length <= smallText ? parsed(text) : undefined;
  return value !== undefined && isCanonical(text, value) ? value : undefined;
}

/**
 * The value of a foreign text that is as `JSON.stringify` writes it, as nearly all in a database are: like canonical text it hides
 * nothing, and without big integers it has nothing to tag. Of any other text undefined.
 */
function compactValue(text: string): Json | undefined {
  const value = text.length <= smallText && !text.includes('"BigInt"') ? parsed(text) : undefined;
  return value !== undefined && isKept(value, maximumDepth) && text === JSON.stringify(value) ? value : undefined;
}

/** Canonical text has no duplicate keys, spells every number as ES does, and is as deep as its value: only values are left to judge. */
function isCanonical(text: string, value: Json): boolean {
  return isKept(value, maximumDepth) && text === canonicalize(value);
}

/** `levels`: how many objects and arrays may be open. */
function isKept(value: Json, levels: number): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value === 'string') return value.isWellFormed();
  if (value === null || typeof value === 'boolean') return true;
  if (levels === 0) return false;
  if (!isObject(value)) return value.every((item) => isKept(item, levels - 1));
  return Object.entries(value).every(
    ([key, item]) => key !== '__proto__' && key.isWellFormed() && isKept(item, levels - 1),
  );
}
