import { isObject, type Json, type JsonObject } from '../json.js';
import { readValue } from '../text/read.js';
import { kindOf } from './kind-of.js';

/** What stood under a key: JSON text of an object; text of that text too, which deploy scripts made by encoding twice. */
export function readStoredValue(bytes: Uint8Array): { value: JsonObject } | { value: Json; reason: string } {
  const read = readValue(bytes, { foreign: true });
  if (!read.ok) return { value: storedText(bytes), reason: `the value is not JSON: ${read.refusal.message}` };
  const inner = typeof read.value === 'string' ? readValue(Buffer.from(read.value), { foreign: true }) : read;
  if (inner.ok && isObject(inner.value)) return { value: inner.value };
  return { value: read.value, reason: `the value is ${kindOf(read.value)}, not a record` };
}

function storedText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
