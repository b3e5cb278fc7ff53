import { createHash } from 'node:crypto';
import type { LegacyEntry } from './entry.js';

/**
 * What a source says, as 12 hex digits: the same for every LevelDB that holds these entries, whatever its files look
 * like. Names the branch of the import.
 */
export function sourceId(entries: readonly LegacyEntry[]): string {
  const hash = createHash('sha256');
  for (const { key, value } of inKeyOrder(entries)) {
    // Lengths first: without them `a`+`bc` and `ab`+`c` would be one.
    hash.update(`${key.length} ${value.length}\n`).update(key).update(value);
  }
  return hash.digest('hex').slice(0, 12);
}

/** Ascending by key bytes, as LevelDB itself orders them. */
export function inKeyOrder(entries: readonly LegacyEntry[]): readonly LegacyEntry[] {
  return [...entries].sort((a, b) => Buffer.compare(a.key, b.key));
}
