import { findRenames } from '../core/diff/renames.js';
import { networkFilePathOf, networkOfPath } from '../core/layout.js';
import { readSnapshot } from '../core/snapshot.js';
import type { ChangedFile } from '../ports/state-changes.js';
import type { StateFile } from '../ports/state-repository.js';
import type { JudgedFile } from './judge.js';

type SetFile = ChangedFile & { readonly after: StateFile };

/**
 * The files of one root that a change sets. A network file that only got another name is compared with what it was
 * called before: its records keep the checksums they had.
 */
export function judgedFiles(root: string, files: readonly ChangedFile[]): JudgedFile[] {
  const own = files.filter((file) => file.root === root);
  const set = own.filter((file): file is SetFile => file.after !== null);
  const gone = own.filter(({ after, path }) => after === null && networkOfPath(path) !== null);
  if (gone.length === 0) return set;
  const parents = Math.max(...set.map(({ before }) => before.length), 0);
  const earlier = Array.from({ length: parents }, (_, parent) => renamedFiles(root, gone, set, parent));
  return set.map((file) => ({
    ...file,
    before: file.before.map((was, parent) => was ?? earlier[parent]?.get(file.path) ?? null),
  }));
}

/** Path of a network file that one parent has under another name → what it is there. */
function renamedFiles(
  root: string,
  gone: readonly ChangedFile[],
  set: readonly SetFile[],
  parent: number,
): ReadonlyMap<string, StateFile> {
  const before = gone.flatMap((file) => file.before[parent] ?? []);
  const added = set.filter((file) => (file.before[parent] ?? null) === null).map(({ after }) => after);
  const renames = findRenames(readSnapshot(before, root), readSnapshot(added, root));
  const byPath = new Map(before.map((file) => [file.path, file]));
  return new Map(
    [...renames].flatMap(([now, old]): [string, StateFile][] => {
      const file = byPath.get(networkFilePathOf(root, old));
      return file === undefined ? [] : [[networkFilePathOf(root, now), file]];
    }),
  );
}
