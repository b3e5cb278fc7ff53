/** How git is asked for what `parseRawDiff` reads, besides what is compared. */
export const rawDiff = ['--raw', '-z', '--no-abbrev', '--no-renames', '--ignore-submodules=none'] as const;

/** Of a side where the path is not. */
export const absentMode = '000000';

/** One path of `git diff --raw`: the same for a merge, where a path is listed when it differs from every parent. */
export type RawChange = {
  readonly path: string;
  /** One for each parent; mode 000000 where the file is absent. */
  readonly before: readonly RawSide[];
  readonly after: RawSide;
};

export type RawSide = { readonly mode: string; readonly oid: string };

export type RawCommit = { readonly commit: string | null; readonly changes: readonly RawChange[] };

/**
 * Output of `diff --raw -z`, or of `diff-tree --stdin -c --raw -z` with a line for each commit, without rename
 * detection and abbreviation.
 */
export function parseRawDiff(output: Buffer): RawCommit[] {
  const parts = output.toString('utf8').split('\0');
  const commits: { commit: string | null; changes: RawChange[] }[] = [];
  for (let at = 0; at < parts.length - 1; at += 1) {
    const part = parts[at] ?? '';
    if (!part.startsWith(':')) {
      commits.push({ commit: part, changes: [] });
      continue;
    }
    if (commits.length === 0) commits.push({ commit: null, changes: [] });
    at += 1;
    commits.at(-1)?.changes.push(parseChange(part, parts[at] ?? ''));
  }
  return commits;
}

/** `:100644 100644 <oid> <oid> M`, with a colon, a mode and an oid more for each further parent. */
function parseChange(header: string, path: string): RawChange {
  const parents = header.lastIndexOf(':') + 1;
  const words = header.slice(parents).split(' ');
  const sides = Array.from({ length: parents + 1 }, (_, side) => ({
    mode: words[side] ?? '',
    oid: words[parents + 1 + side] ?? '',
  }));
  return { path, before: sides.slice(0, parents), after: sides[parents] ?? { mode: '', oid: '' } };
}
