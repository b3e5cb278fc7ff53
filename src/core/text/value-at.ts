import { type Json, type JsonObject, member } from '../json.js';
import { segments } from './pointer.js';

/** The value at an RFC 6901 pointer; undefined where there is none. */
export function valueAt(root: Json, path: string): Json | undefined {
  let value: Json | undefined = root;
  for (const key of segments(path)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = member(value as JsonObject, key);
  }
  return value;
}
