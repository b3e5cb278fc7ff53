import type { Json, JsonObject } from '../json.js';
import type { Claim } from './group-records.js';
import type { Layer } from './layer.js';

/** Which source a value is from, as a network file keeps it: names of files without folders, no path of a machine. */
export type ValueOrigin = { readonly kind: string; readonly file?: string; readonly path: string };

export function originIn(layer: Layer, at: string): ValueOrigin {
  const { file, path } = layer.place(at);
  return { kind: layer.kind, ...(file === undefined ? {} : { file: baseName(file) }), path };
}

export function originJson({ kind, file, path }: ValueOrigin): JsonObject {
  return { kind, ...(file === undefined ? {} : { file }), path };
}

export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

/** A field of a contract. `from` is the claim it is from, null where it is from elsewhere or was put together. */
export type JoinedField = { readonly value: Json; readonly from: Claim | null; readonly origin?: ValueOrigin };
