import type { ContractType } from '../../core/model/contract-type.js';
import { generatedContracts } from './generated-contracts.js';
import type { BenchBackend } from './plan.js';
import { openSubject, prepareFolder } from './subject.js';

/** What the backends of a run hold, each in a folder of its own. */
export type BenchData = {
  /** On every backend, under these names. */
  readonly contracts: readonly ContractType[];
  /** Fills an empty folder. */
  fill(backend: BenchBackend, folder: string): Promise<void>;
};

/** Contracts of nobody. */
export function generatedData(records: number): BenchData {
  const contracts = generatedContracts(records);
  return { contracts, fill: (backend, folder) => fillWith(contracts, backend, folder) };
}

/** Through the managers; what `level` alone reads is written by the LevelDB manager too, so that both read the same. */
export async function fillWith(
  contracts: readonly ContractType[],
  backend: BenchBackend,
  folder: string,
): Promise<void> {
  await prepareFolder(backend, folder);
  const subject = await openSubject(backend === 'leveldb-unsynced' ? 'leveldb' : backend, folder);
  try {
    await subject.writeAll(contracts);
  } finally {
    await subject.close();
  }
}
