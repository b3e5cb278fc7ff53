import { join } from 'node:path';
import type { ContractType } from '../../core/model/contract-type.js';
import { MigrationStateManager } from '../../managers/dual-write/migration-state-manager.js';
import { JSONStateManager } from '../../managers/json/json-state-manager.js';
import { cached } from '../../managers/layers/cached.js';
import { LevelDBStateManager } from '../../managers/leveldb/leveldb-state-manager.js';
import type { StateManager } from '../../managers/state-manager.js';
import { UnifiedJSONStateManager } from '../../managers/unified/unified-state-manager.js';
import { newRepository } from '../../git/new-repository.js';
import { isolatedEnvironment } from '../isolated-environment.js';
import type { BenchBackend } from './plan.js';
import { openPlainLevel } from './plain-level.js';

/** One open backend, by what a deploy script calls. Contracts are named by chain id and name. */
export type Subject = {
  read(chainId: number, contractName: string): Promise<ContractType | null>;
  write(contract: ContractType): Promise<void>;
  writeAll(contracts: readonly ContractType[]): Promise<void>;
  query(chainId: number): Promise<readonly ContractType[]>;
  close(): Promise<void>;
};

/** Where a backend keeps its data: a folder of its own, with a repository in it where it needs one. */
export async function prepareFolder(backend: BenchBackend, folder: string): Promise<void> {
  if (backend === 'unified' || backend === 'dual-write') await newRepository(folder, isolatedEnvironment(folder));
}

/** As the factory makes it: with its cache. */
export async function openSubject(backend: BenchBackend, folder: string): Promise<Subject> {
  if (backend === 'leveldb-unsynced') return openPlainLevel(join(folder, 'leveldb'));
  const manager = managerOf(backend, folder);
  await manager.initialize();
  return {
    read: (chainId, contractName) => manager.getContract(chainId, contractName),
    write: (contract) => manager.putContract(contract.chainId, contract),
    async writeAll(contracts) {
      await manager.store.apply(
        contracts.map((contract) => ({ kind: 'put', scope: { chainId: contract.chainId }, contract })),
      );
    },
    query: (chainId) => manager.getAllContracts(chainId),
    close: () => manager.close(),
  };
}

function managerOf(backend: Exclude<BenchBackend, 'leveldb-unsynced'>, cwd: string): StateManager {
  const layers = [cached()];
  const env = isolatedEnvironment(cwd);
  switch (backend) {
    case 'leveldb':
      return new LevelDBStateManager(null, { cwd, layers });
    case 'json':
      return new JSONStateManager(null, { cwd, layers });
    case 'unified':
      return new UnifiedJSONStateManager(null, { cwd, env, layers });
    case 'dual-write':
      return new MigrationStateManager(
        new LevelDBStateManager(null, { cwd }),
        new UnifiedJSONStateManager(null, { cwd, env }),
        { cwd, layers, primary: 'source', strict: true, queueFile: join(cwd, 'queue.jsonl') },
      );
  }
}
