import type { LegacyEntry } from '../legacy/entry.js';
import { keyText } from '../legacy/key-text.js';
import type { SupersededEntry } from '../legacy/recover-fields.js';
import { baseName } from './origin.js';

type Store = { readonly entries: readonly LegacyEntry[]; readonly superseded: readonly SupersededEntry[] };

/**
 * Older versions of each entry of a database, newest first: those that its own files still hold, then those of older copies, in the
 * order in which these were given. A version of a copy is called by the copy.
 */
export function olderVersions(
  database: Store | null,
  copies: readonly { readonly path: string; readonly content: Store }[],
): (key: string) => readonly SupersededEntry[] {
  const found = new Map<string, SupersededEntry[]>();
  const add = (version: Omit<SupersededEntry, 'sequence'>): void => {
    const key = keyText(version.key);
    const versions = found.get(key) ?? [];
    versions.push({ ...version, sequence: -versions.length });
    found.set(key, versions);
  };
  newestFirst(database?.superseded ?? []).forEach(add);
  for (const { path, content } of copies) {
    const copy = baseName(path.replace(/[/\\]+$/, ''));
    for (const entry of content.entries) add({ ...entry, file: copy });
    for (const version of newestFirst(content.superseded)) add({ ...version, file: `${copy}/${version.file}` });
  }
  return (key) => found.get(key) ?? [];
}

function newestFirst(versions: readonly SupersededEntry[]): SupersededEntry[] {
  return [...versions].sort((a, b) => b.sequence - a.sequence);
}
