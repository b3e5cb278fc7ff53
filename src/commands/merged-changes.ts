import { diffSnapshots, type NetworkChange } from '../core/diff/diff.js';
import { stateRootOf } from '../core/layout.js';
import { readSnapshot } from '../core/snapshot.js';
import type { Merges, TreeFile } from '../ports/merges.js';

/** The semantic changes between two commits in every state root; only files that differ are read. */
export async function mergedChanges(merges: Merges, before: string, after: string): Promise<NetworkChange[]> {
  const files = await merges.diverged({ ours: before, theirs: after, bases: [] });
  const blobs = await merges.blobs(
    files.flatMap(({ ours, theirs }) => [ours, theirs].flatMap((file) => file?.oid ?? [])),
  );
  const bytesOf = (path: string, file: TreeFile | null) => {
    const bytes = file === null ? undefined : blobs.get(file.oid);
    return bytes === undefined ? [] : [{ path, bytes }];
  };
  const roots = [...new Set(files.flatMap(({ path }) => stateRootOf(path) ?? []))].sort();
  return roots.flatMap((root) =>
    diffSnapshots(
      readSnapshot(
        files.flatMap(({ path, ours }) => bytesOf(path, ours)),
        root,
      ),
      readSnapshot(
        files.flatMap(({ path, theirs }) => bytesOf(path, theirs)),
        root,
      ),
    ),
  );
}
