import type { Folded } from '../fold/fold-log.js';
import type { FoldSource } from '../fold/fold-source.js';
import type { JsonObject } from '../json.js';
import type { Ambiguity, LegacyReject } from '../legacy/legacy-record.js';
import type { NetworkFile } from '../model/network-file.js';
import { canonicalize } from '../text/canonical.js';
import { valueAt } from '../text/value-at.js';

/** Where a value stands in a source: `path` is a pointer, or the key of a database and a pointer. */
export type SourcePlace = {
  /** The file as the user named it; absent for a database. */
  readonly file?: string;
  readonly path: string;
  /** The text of the value there, where it stands there as it is. */
  readonly raw?: () => string;
};

/**
 * What the sources of one kind say of one network, brought into normal form. Layers are joined in the order database, older JSON
 * files, 3.0 files (lookcoin-data §3.5).
 */
export type Layer = {
  readonly kind: 'leveldb' | 'json' | 'unified';
  readonly file: NetworkFile;
  /** Names of the records whose category the source itself says. */
  readonly categorised: ReadonlySet<string>;
  /** Names of the records whose `source` the source itself says; that of all others only names the source. */
  readonly sourced: ReadonlySet<string>;
  /** The place in the source of what stands at a pointer of `file`. */
  place(path: string): SourcePlace;
};

/** What bringing sources together has to say, of places in the sources. */
export type Told = {
  readonly folded: (Folded & { readonly file: string })[];
  readonly ambiguous: Ambiguity[];
  readonly rejects: Omit<LegacyReject, 'chainId'>[];
};

export function nothingTold(): Told {
  return { folded: [], ambiguous: [], rejects: [] };
}

/** How reports and records call what is no file. */
export const databaseName = 'leveldb';

/** A root that was never a text, as one that was read: a reader asks for the text of few of its values. */
export function untexted(root: JsonObject): FoldSource {
  return {
    root,
    parsed: root,
    raw: (path) => canonicalize(valueAt(root, path) ?? null).trimEnd(),
    stringified(key) {
      const value = valueAt(root, `/${key}`);
      return value === undefined ? null : JSON.stringify(value);
    },
  };
}
