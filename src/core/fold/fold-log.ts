import type { Json } from '../json.js';
import { valueAt } from '../text/value-at.js';
import type { FoldSource } from './fold-source.js';

/** Something that folding changed and lost nothing of (FORMAT §10). `path` and `to` are pointers into source and result. */
export type Folded = {
  readonly rule: string;
  readonly path: string;
  readonly to?: string;
  /** Of an old section checksum: whether it held for the source. */
  readonly matched?: boolean;
  /** What is no longer there and cannot be computed again. */
  readonly value?: Json;
};

/** Two readings of a source: `kept` stands, `other` is in quarantine. */
export type FoldAmbiguity = {
  readonly rule: string;
  readonly path: string;
  readonly kept: Json;
  readonly other: Json;
};

/** What cannot be state. `raw` is its text in the source. */
export type SetAside = {
  readonly key: string;
  readonly reason: string;
  readonly value: Json;
  readonly raw: string;
};

/** What folding one file has to say so far. */
export type FoldLog = {
  readonly source: FoldSource;
  readonly folded: Folded[];
  readonly ambiguous: FoldAmbiguity[];
  readonly quarantined: SetAside[];
};

export function foldLog(source: FoldSource): FoldLog {
  return { source, folded: [], ambiguous: [], quarantined: [] };
}

/** The value at `path` gives way to `kept` (null: to nothing) and goes to quarantine. */
export function noteDoubt(log: FoldLog, rule: string, path: string, kept: Json): void {
  const other = sourceValue(log, path);
  log.ambiguous.push({ rule, path, kept, other });
  setAside(log, path, rule);
}

/** The value at `path` goes to quarantine. */
export function setAside(log: FoldLog, path: string, reason: string): void {
  log.quarantined.push({ key: path, reason, value: sourceValue(log, path), raw: log.source.raw(path) });
}

/** A record as a whole goes to quarantine. `extendedPath` is null where it has no extended object of its own. */
export function setRecordAside(log: FoldLog, entryPath: string, extendedPath: string | null, reason: string): void {
  log.quarantined.push(recordAside(log.source, entryPath, extendedPath, reason));
}

export function recordAside(
  source: FoldSource,
  entryPath: string,
  extendedPath: string | null,
  reason: string,
): SetAside {
  const entry = valueAt(source.root, entryPath) ?? null;
  const extended = extendedPath === null ? undefined : valueAt(source.root, extendedPath);
  const text = `{"entry": ${source.raw(entryPath)}`;
  if (extended === undefined || extendedPath === null) {
    return { key: entryPath, reason, value: { entry }, raw: `${text}}` };
  }
  const raw = `${text}, "extended": ${source.raw(extendedPath)}}`;
  return { key: entryPath, reason, value: { entry, extended }, raw };
}

function sourceValue(log: FoldLog, path: string): Json {
  return valueAt(log.source.root, path) ?? null;
}
