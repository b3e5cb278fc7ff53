import type { FoldAmbiguity, Folded, SetAside } from '../../fold/fold-log.js';
import type { FoldSource } from '../../fold/fold-source.js';
import type { Json } from '../../json.js';
import { valueAt } from '../../text/value-at.js';
import type { OlderFormat, OlderPart } from './older-part.js';

/** What one file says about one network, and the file. */
export type OlderSource = {
  /** Without folders. */
  readonly name: string;
  /** As the user named it. */
  readonly file: string;
  /** `layer`: put together from others. */
  readonly format: OlderFormat | 'layer';
  readonly source: FoldSource;
  readonly part: OlderPart;
};

type InFile<T> = T & { readonly file: string };

/** What bringing files together has to say; every `path` and `key` is a pointer into `file`. */
export type OlderLog = {
  readonly folded: InFile<Folded>[];
  readonly ambiguous: InFile<FoldAmbiguity>[];
  readonly quarantined: InFile<SetAside>[];
};

export function olderLog(): OlderLog {
  return { folded: [], ambiguous: [], quarantined: [] };
}

/** The value at `path` gives way to `kept` and goes to quarantine. */
export function noteOther(log: OlderLog, older: OlderSource, rule: string, path: string, kept: Json): void {
  const other = valueAt(older.source.root, path) ?? null;
  log.ambiguous.push({ rule, file: older.file, path, kept, other });
  setOlderAside(log, older, path, rule);
}

/** The value at `path` goes to quarantine. */
export function setOlderAside(log: OlderLog, { source, file }: OlderSource, key: string, reason: string): void {
  log.quarantined.push({ file, key, reason, value: valueAt(source.root, key) ?? null, raw: source.raw(key) });
}
