import { join, resolve } from 'node:path';
import { checkoutAround } from '../checkout-around.js';
import { jsonContracts } from '../json/json-contracts.js';
import { levelContracts } from '../leveldb/level-contracts.js';
import { unifiedContracts } from '../unified/unified-contracts.js';
import type { Candidates } from './choose-backend.js';
import type { StateManagerOptions } from './manager-options.js';

/** The three stores of a folder, to look at for as long as `use` runs. */
export async function withCandidates<Result>(
  {
    network,
    cwd,
    options,
  }: { readonly network: string | null; readonly cwd: string; readonly options: StateManagerOptions },
  use: (candidates: Candidates) => Promise<Result>,
): Promise<Result> {
  const { backends = {}, chainId } = options;
  const leveldb = levelContracts({ path: resolve(cwd, backends.leveldb?.path ?? 'leveldb') });
  const json = jsonContracts({ ...backends.json, cwd, network });
  const unified = unifiedContracts({ ...backends.unified, cwd });
  const checkout = await checkoutAround(cwd);
  const root = checkout === null ? cwd : join(checkout.top, checkout.root);
  try {
    return await use({ root, isRepository: checkout !== null, chainId, leveldb, json, unified });
  } finally {
    await Promise.all([leveldb, json, unified].map((store) => store.close()));
  }
}
