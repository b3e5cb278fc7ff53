import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject, member } from './json.js';
import { canonicalize } from './text/canonical.js';
import { type Refusal, readText } from './text/read.js';
import { rfc8785 } from './text/rfc8785.js';

/** What an import could not accept, word for word: `raw` where the bytes are UTF-8, else `rawBase64` (FORMAT §11). */
export type QuarantineItem = {
  /** Database key as text, or JSON pointer. */
  readonly key: string;
  readonly reason: string;
  /** The kind of import: `leveldb`. */
  readonly source: string;
} & ({ readonly raw: string } | { readonly rawBase64: string });

/** A quarantine file as it stands; null bytes are a file that is not there yet. */
export function readQuarantine(
  bytes: Uint8Array | null,
): { readonly ok: true; readonly root: JsonObject } | { readonly ok: false; readonly refusal: Refusal } {
  if (bytes === null) return { ok: true, root: { schemaVersion: '3.0.0', records: {} } };
  const read = readText(bytes);
  return read.ok ? { ok: true, root: read.value } : read;
}

/** The file with the items added to those that are there. The same item has the same id, so nothing is ever there twice. */
export function withItems(root: JsonObject, items: readonly QuarantineItem[]): JsonObject {
  const records = member(root, 'records');
  const added = items.map((item): [string, Json] => [quarantineId(item), { ...item }]);
  return {
    ...root,
    records: Object.fromEntries([...(isObject(records) ? Object.entries(records) : []), ...added]),
  };
}

/** Every item of a file that has the form of FORMAT §11, by id. */
export function itemsOf(root: JsonObject): QuarantineItem[] {
  const records = member(root, 'records');
  const ids = isObject(records) ? Object.keys(records).sort() : [];
  return ids.flatMap((id) => itemOf(isObject(records) ? member(records, id) : undefined));
}

/** The first 16 hex digits of SHA-256 of the item's RFC 8785 form (FORMAT §11). */
export function quarantineId(item: QuarantineItem): string {
  return createHash('sha256')
    .update(rfc8785({ ...item }), 'utf8')
    .digest('hex')
    .slice(0, 16);
}

/** Canonical text (FORMAT §2). */
export function quarantineText(root: JsonObject): string {
  return canonicalize(root);
}

function itemOf(value: Json | undefined): QuarantineItem[] {
  if (!isObject(value)) return [];
  const [key, reason, source, raw, rawBase64] = ['key', 'reason', 'source', 'raw', 'rawBase64'].map((name) =>
    member(value, name),
  );
  if (typeof key !== 'string' || typeof reason !== 'string' || typeof source !== 'string') return [];
  if (typeof raw === 'string') return [{ key, reason, source, raw }];
  return typeof rawBase64 === 'string' ? [{ key, reason, source, rawBase64 }] : [];
}
