import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unifiedFolder } from '../../core/layout.js';
import type { ContractType } from '../../core/model/contract-type.js';
import { StateManagerError } from '../../errors.js';
import { copyStore } from '../../leveldb/copy-store.js';
import { contractKey } from '../../core/compare/contract-key.js';
import { levelContracts } from '../../managers/leveldb/level-contracts.js';
import type { ContractStore } from '../../managers/contract-store.js';
import { unifiedContracts } from '../../managers/unified/unified-contracts.js';
import { withoutSeal } from '../../core/compare/comparable.js';
import { type BenchData, fillWith } from './bench-data.js';
import { openSubject, prepareFolder } from './subject.js';

/** What a project has, absolute; null where there is none. */
export type ProductionPlaces = { readonly leveldb: string | null; readonly stateRoot: string | null };

export type ProductionData = BenchData & {
  /** Contracts that only one of LevelDB and state has, or that another backend does not take. */
  readonly leftOut: number;
};

/**
 * Copies of the LevelDB and of the network files; a backend that is not there is filled with what the others hold. Nothing
 * of the project is opened or written. `workspace` is an empty folder. Throws BAD_INPUT where there is nothing to copy.
 */
export async function productionData(
  { leveldb, stateRoot }: ProductionPlaces,
  workspace: string,
): Promise<ProductionData> {
  const store = leveldb === null ? null : join(workspace, 'leveldb');
  if (leveldb !== null && store !== null) await copyStore(leveldb, store);
  const fromStore = store === null ? [] : await listed(levelContracts({ path: store }));
  const fromState = stateRoot === null ? [] : await listed(unifiedContracts({ cwd: stateRoot }));
  const all = new Map([...fromState, ...fromStore].map((contract) => [contractKey(contract), contract]));
  if (all.size === 0) throw nothingThere();
  const accepted = await acceptedBy([...all.values()], join(workspace, 'accepted'));
  const isEverywhere = (contracts: readonly ContractType[], key: string): boolean =>
    contracts.length === 0 || contracts.some((contract) => contractKey(contract) === key);
  const contracts = accepted.filter((contract) => {
    const key = contractKey(contract);
    return isEverywhere(fromStore, key) && isEverywhere(fromState, key);
  });
  if (contracts.length === 0) throw nothingThere();
  return {
    contracts,
    leftOut: all.size - contracts.length,
    async fill(backend, folder) {
      if (backend.startsWith('leveldb') && store !== null) {
        await cp(store, join(folder, 'leveldb'), { recursive: true });
      } else if (backend === 'unified' && stateRoot !== null && fromState.length > 0) {
        await prepareFolder(backend, folder);
        await mkdir(dirname(join(folder, unifiedFolder(''))), { recursive: true });
        await cp(join(stateRoot, unifiedFolder('')), join(folder, unifiedFolder('')), { recursive: true });
      } else {
        await fillWith(contracts, backend, folder);
      }
    },
  };
}

/** Git is stricter than LevelDB: what it refuses cannot be read from all. Halves are tried until what is refused stands alone. */
async function acceptedBy(contracts: readonly ContractType[], folder: string): Promise<ContractType[]> {
  await mkdir(folder);
  await prepareFolder('unified', folder);
  const subject = await openSubject('unified', folder);
  const accepted = async (some: readonly ContractType[]): Promise<ContractType[]> => {
    try {
      await subject.writeAll(some);
      return [...some];
    } catch (error) {
      if (!(error instanceof StateManagerError)) throw error;
      const half = Math.ceil(some.length / 2);
      return some.length <= 1 ? [] : [...(await accepted(some.slice(0, half))), ...(await accepted(some.slice(half)))];
    }
  };
  try {
    return await accepted(contracts.map(withoutSeal));
  } finally {
    await subject.close();
  }
}

async function listed(store: ContractStore): Promise<readonly ContractType[]> {
  try {
    return await store.list();
  } finally {
    await store.close();
  }
}

function nothingThere(): StateManagerError {
  return new StateManagerError('BAD_INPUT', 'There is no data of production here to measure with.', {
    hint: 'name the LevelDB with --leveldb, or run bench quick, which makes data of its own',
  });
}
