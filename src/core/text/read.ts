import { isObject, type Json, type JsonObject } from '../json.js';
import { canonicalize } from './canonical.js';
import { foreignValue } from './foreign.js';
import { scanNesting } from './nesting.js';
import { type Refusal, type Refused, refused } from './refusal.js';
import { refuseDepth } from './refuse-depth.js';
import { refuseSyntax } from './refuse-syntax.js';
import { refuseValue } from './refuse-value.js';
import { decodeUtf8 } from './utf8.js';

export type { Refusal };

const maximumBytes = 67_108_864;
const maximumDepth = 64;
/** Far above what we accept, far below what overflows the stack of the parser that finds positions. */
const hopelessDepth = 1000;

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
  if (bytes.length > maximumBytes) {
    return refused(
      'text-size',
      '',
      0,
      '',
      `The file has ${bytes.length} bytes; ${maximumBytes} is the most that is read`,
    );
  }
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) {
    const message = `The file is not UTF-8: byte 0x${decoded.byte.toString(16).padStart(2, '0')} is not part of a character`;
    return refused('text-encoding', decoded.before, decoded.before.length, '', message);
  }
  const { text } = decoded;
  // Before any parser: brackets alone can exhaust a stack, or the memory that replaces it.
  const nesting = scanNesting(text, maximumDepth);
  if (nesting.depth > hopelessDepth) return refuseDepth(text, nesting, maximumDepth);
  const value = parsed(text);
  if (value === undefined) return refuseSyntax(text, nesting);
  if (objectOnly && !isObject(value)) {
    return refused('json-root', text, text.search(/[^\uFEFF \t\r\n]/), '', 'The file does not hold an object');
  }
  if (nesting.depth > maximumDepth) return refuseDepth(text, nesting, maximumDepth);
  if (foreign) return refuseValue(text, { hugeIntegers: true }) ?? { ok: true, text, value: foreignValue(text) };
  // Canonical text has no duplicate keys and spells every number as ES does: only values are left to judge.
  if (isKept(value) && text === canonicalize(value)) return { ok: true, text, value };
  return refuseValue(text, { hugeIntegers: false }) ?? { ok: true, text, value };
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isKept(value: Json): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value === 'string') return !loneSurrogate.test(value);
  if (value === null || typeof value === 'boolean') return true;
  if (!isObject(value)) return value.every(isKept);
  return Object.entries(value).every(([key, item]) => key !== '__proto__' && !loneSurrogate.test(key) && isKept(item));
}
