import type { Json } from '../json.js';

/** What one keyword of a schema found: where (RFC 6901 pointer) and which keyword. */
export type SchemaError = {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
};

/** Compiled from schemas/*.schema.json by esbuild.config.mjs. `errors` belongs to the last call, null when it was true. */
export type Validator = {
  (value: Json): boolean;
  readonly errors: readonly SchemaError[] | null;
};

export const networkFile: Validator;
export const config: Validator;
export const quarantine: Validator;
