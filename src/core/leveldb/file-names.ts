/** The files of a LevelDB folder by what they are, from their names alone. */
export type StoreFiles = {
  /** Number → name; ascending. */
  readonly logs: ReadonlyMap<number, string>;
  readonly tables: ReadonlyMap<number, string>;
  readonly manifests: readonly string[];
};

export function storeFiles(names: Iterable<string>): StoreFiles {
  const sorted = [...names].sort();
  const numbered = (form: RegExp): Map<number, string> =>
    new Map(
      sorted
        .filter((name) => form.test(name))
        .map((name): [number, string] => [Number.parseInt(name, 10), name])
        .sort(([a], [b]) => a - b),
    );
  return {
    logs: numbered(/^\d+\.log$/),
    tables: numbered(/^\d+\.(?:ldb|sst)$/),
    manifests: sorted.filter((name) => /^MANIFEST-\d+$/.test(name)),
  };
}

/** The MANIFEST that CURRENT names; null where it says something else, which LevelDB would follow wherever it leads. */
export function namedManifest(current: string): string | null {
  return /^MANIFEST-\d{6,}\n$/.test(current) ? current.trimEnd() : null;
}

export function fileName(number: number, extension: 'log' | 'ldb'): string {
  return `${String(number).padStart(6, '0')}.${extension}`;
}
