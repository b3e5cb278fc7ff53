import { join } from 'node:path';
import type { ContractStore } from '../../src/managers/contract-store.js';
import { type DualContracts, dualContracts, type DualOptions } from '../../src/managers/dual-write/dual-contracts.js';
import type { DualWarning } from '../../src/managers/dual-write/pair.js';
import { openRepairQueue, type RepairQueue } from '../../src/managers/dual-write/repair-queue.js';
import { failingContracts, type Failures, noFailures } from './failing-contracts.js';
import { temporaryFolder } from './leveldb-store.js';
import { emptyPlace, memoryContracts } from './memory-contracts.js';

export type DualStores = {
  readonly dual: DualContracts;
  /** Behind the failures: what each side really holds. */
  readonly primary: ContractStore;
  readonly secondary: ContractStore;
  readonly failures: { readonly primary: Failures; readonly secondary: Failures };
  readonly warnings: DualWarning[];
  readonly queue: RepairQueue;
  readonly queueFile: string;
  /** Another dual store over the same places and queue, as a new process would make it. */
  reopen(options?: Partial<DualOptions>): DualContracts;
};

/** Two stores, in memory unless given, that fail when told, and a queue in a temporary folder. */
export function dualStores(
  t: { after(run: () => void): void },
  options: Partial<DualOptions> = {},
  [primary, secondary]: readonly [ContractStore, ContractStore] = [named('first'), named('second')],
): DualStores {
  const failures = { primary: noFailures(), secondary: noFailures() };
  const queueFile = join(temporaryFolder(t), 'queue.jsonl');
  const queue = openRepairQueue(() => Promise.resolve(queueFile));
  const warnings: DualWarning[] = [];
  const reopen = (more: Partial<DualOptions> = {}) =>
    dualContracts({
      primary: failingContracts(primary, failures.primary),
      secondary: failingContracts(secondary, failures.secondary),
      queue,
      onWarning: (warning) => warnings.push(warning),
      ...options,
      ...more,
    });
  return { dual: reopen(), primary, secondary, failures, warnings, queue, queueFile, reopen };
}

export function named(type: string, store: ContractStore = memoryContracts(emptyPlace())): ContractStore {
  return { ...store, type };
}
