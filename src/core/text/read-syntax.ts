import { isObject, type Json } from '../json.js';
import { scanNesting } from './nesting.js';
import { type Refused, refused } from './refusal.js';
import { refuseDepth } from './refuse-depth.js';
import { refuseSyntax } from './refuse-syntax.js';
import { decodeUtf8 } from './utf8.js';

const maximumBytes = 67_108_864;
/** Open objects and arrays, the root counts as one (FORMAT §2). */
export const maximumDepth = 64;
/** Far above what we accept, far below what overflows the stack of the parser that finds positions. */
const hopelessDepth = 1000;

/**
 * The first half of FORMAT §2: size, encoding, JSON at all, depth. The value is that of `JSON.parse`: what it lets
 * through in keys, numbers and texts is still to be judged.
 */
export function readSyntax(
  bytes: Uint8Array,
  { objectOnly }: { readonly objectOnly: boolean },
): { readonly ok: true; readonly text: string; readonly value: Json } | Refused {
  const decoded = decodeText(bytes);
  return decoded.ok ? parseText(decoded.text, { objectOnly }) : decoded;
}

/** Size and encoding. */
export function decodeText(bytes: Uint8Array): { readonly ok: true; readonly text: string } | Refused {
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
  return { ok: true, text: decoded.text };
}

/** JSON at all, and how deep. */
export function parseText(
  text: string,
  { objectOnly }: { readonly objectOnly: boolean },
): { readonly ok: true; readonly text: string; readonly value: Json } | Refused {
  // Before any parser: brackets alone can exhaust a stack, or the memory that replaces it.
  const nesting = scanNesting(text, maximumDepth);
  if (nesting.depth > hopelessDepth) return refuseDepth(text, nesting, maximumDepth);
  const value = parsed(text);
  if (value === undefined) return refuseSyntax(text, nesting);
  if (objectOnly && !isObject(value)) {
    return refused('json-root', text, text.search(/[^\uFEFF \t\r\n]/), '', 'The file does not hold an object');
  }
  if (nesting.depth > maximumDepth) return refuseDepth(text, nesting, maximumDepth);
  return { ok: true, text, value };
}

/** Undefined where the text is no JSON. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as Json;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
