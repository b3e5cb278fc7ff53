import { lineColumn } from './line-column.js';

/** Why a text cannot be read at all (FORMAT §2): exactly one per file. `path` is an RFC 6901 pointer, `''` the root. */
export type Refusal = {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
};

export type Refused = { readonly ok: false; readonly refusal: Refusal };

/** The offset is in UTF-16 units of the text as decoded, a BOM included. */
export function refused(rule: string, text: string, offset: number, path: string, message: string): Refused {
  return { ok: false, refusal: { rule, path, ...lineColumn(text, offset), message } };
}
