import type { StateFile, StateTree } from '../../ports/state-repository.js';

/** A tree with edits that are planned on top of it; what is put into `edits` counts from the next read on. */
export function overlaidTree(tree: StateTree, edits: ReadonlyMap<string, string | null>): StateTree {
  return {
    ...tree,
    async read(paths, known) {
      const below = new Map(
        (
          await tree.read(
            paths.filter((path) => !edits.has(path)),
            known,
          )
        ).map((one) => [one.path, one]),
      );
      return paths.flatMap((path): StateFile[] => {
        const text = edits.get(path);
        if (typeof text === 'string') return [{ path, mode: '100644', bytes: Buffer.from(text) }];
        const file = text === null ? undefined : below.get(path);
        return file === undefined ? [] : [file];
      });
    },
  };
}
