import type { LegacyEntry } from './entry.js';
import type { SupersededEntry } from './recover-fields.js';

/** Another copy of a store, from an earlier day. */
export type OlderCopy = {
  /** As it was given; only its last parts are ever written down. */
  readonly path: string;
  readonly content: {
    readonly entries: readonly (LegacyEntry & Partial<SupersededEntry>)[];
    /** Newest first within a key. */
    readonly superseded: readonly SupersededEntry[];
  };
};

/**
 * All versions of a store's entries that may know what the entries do not, in the order in which they count: what the store itself
 * still holds, newest first, then copy after copy as given, of each first its entries. Files of a copy are called `<copy>/<file>`.
 */
export function olderVersions(own: readonly SupersededEntry[], copies: readonly OlderCopy[]): SupersededEntry[] {
  const names = copyNames(copies.map(({ path }) => path));
  const versions = [...own];
  for (const [i, { content }] of copies.entries()) {
    const name = names[i] ?? '';
    for (const { key, value, sequence = Infinity, file } of [...content.entries, ...content.superseded]) {
      versions.push({ key, value, sequence, file: file === undefined ? name : `${name}/${file}` });
    }
  }
  return versions;
}

const mostParts = 3;

/** The last parts of each path, as many as tell the copies apart; never the whole of it, which says where a machine keeps things. */
function copyNames(paths: readonly string[]): readonly string[] {
  const parts = paths.map((path) => path.split(/[\\/]/).filter((part) => !['', '.', '..'].includes(part)));
  const named = (count: number): string[] => parts.map((all) => all.slice(-count).join('/'));
  const isTold = (names: readonly string[]): boolean => new Set(names).size === names.length;
  const counts = Array.from({ length: mostParts }, (_, i) => i + 1);
  return named(counts.find((count) => isTold(named(count))) ?? mostParts);
}
