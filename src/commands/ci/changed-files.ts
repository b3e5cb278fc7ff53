import { compareText } from '../../core/equal.js';
import { judgingPaths } from '../../core/layout.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { rootsOfBoth } from './diff-roots.js';

export type ChangedStateFiles = {
  /** Every state file that one commit has otherwise than the other, ascending. */
  readonly files: readonly string[];
  /** Those of them that say how state is judged: configuration, policy, signers. The base's count (CONTRACT §8). */
  readonly judging: readonly string[];
};

/** By blob, without reading any. */
export async function changedStateFiles(
  repository: StateRepository,
  from: string,
  head: string,
): Promise<ChangedStateFiles> {
  const files: string[] = [];
  const judging = new Set<string>();
  for (const root of await rootsOfBoth(repository, from, head)) {
    const view = repository.forRoot(root);
    for (const path of judgingPaths(root)) judging.add(path);
    const [before, after] = await Promise.all([from, head].map((commit) => view.oids({ commit })));
    const paths = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
    files.push(...[...paths].filter((path) => before?.get(path) !== after?.get(path)));
  }
  const sorted = files.sort(compareText);
  return { files: sorted, judging: sorted.filter((path) => judging.has(path)) };
}
