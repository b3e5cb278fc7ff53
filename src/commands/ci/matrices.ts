import { readConfig } from '../../core/config/config.js';
import { stateToCheck } from '../../core/consistency/check.js';
import { type Matrix, matrixOf } from '../../core/report/matrix.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { readRoot } from '../read-root.js';
import { rootsOfBoth } from './diff-roots.js';

export type RootMatrix = { readonly root: string; readonly matrix: Matrix };

/** Which code runs where at a commit, for each of its state roots. */
export async function matricesAt(repository: StateRepository, commit: string): Promise<readonly RootMatrix[]> {
  const matrices: RootMatrix[] = [];
  for (const root of await rootsOfBoth(repository, commit, commit)) {
    const read = await readRoot(repository.forRoot(root), { commit });
    const config = readConfig(read.config?.bytes ?? null);
    matrices.push({ root, matrix: matrixOf(stateToCheck(read.snapshot, { root, config })) });
  }
  return matrices;
}
