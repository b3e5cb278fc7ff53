import type { ContractStore, StoreLayer } from '../contract-store.js';
import type { IStateManager } from '../istate-manager.js';
import { StateManager } from '../state-manager.js';
import { bulkMigration, type BulkMigrationOptions, type MigrationResult } from './bulk-migration.js';
import { compareContracts, type ConsistencyReport } from './compare-contracts.js';
import { type DualContracts, dualContracts, type PendingRepair, type RepairReport } from './dual-contracts.js';
import { storeOf } from './manager-contracts.js';
import type { DualWarning, WriteOutcome } from './pair.js';
import { queuePlace } from './queue-place.js';
import { openRepairQueue } from './repair-queue.js';

export type MigrationManagerOptions = {
  /** Default true; false writes to the target only, whose reads the source may still answer. */
  readonly dualWriteEnabled?: boolean | undefined;
  /** Default true: where one side cannot be read, or lacks a write, the other answers. */
  readonly enableFallback?: boolean | undefined;
  /** A write that one side did not take rejects with DUAL_WRITE_FAILED, and is queued all the same. Default false. */
  readonly strict?: boolean | undefined;
  /** Default a warning of the process. */
  readonly onWarning?: ((warning: DualWarning) => void) | undefined;
  /** Where writes wait for the side that did not take them. Default in the git dir, else in `leveldb.dual-write` beside the LevelDB. */
  readonly queueFile?: string | undefined;
  /** Default the process's. */
  readonly cwd?: string | undefined;
  readonly chainId?: number | undefined;
  readonly layers?: readonly StoreLayer[] | undefined;
};

/** Both backends of a migration as one manager (R049–R054). */
export class MigrationStateManager extends StateManager {
  readonly #dual: DualContracts;
  readonly #source: ContractStore;
  readonly #target: ContractStore;

  /** Document 001: the target is written and read first. */
  constructor(source: IStateManager, target: IStateManager, options: MigrationManagerOptions = {}) {
    const pair = pairOf(source, target, options);
    super(pair.bound, pair.dual);
    this.#dual = pair.dual;
    this.#source = pair.source;
    this.#target = pair.target;
  }

  /** What became of the last write on each side; null before the first. */
  get lastOutcome(): WriteOutcome | null {
    return this.#dual.lastOutcome();
  }

  /** Writes that one side lacks, oldest first. */
  pendingRepairs(): Promise<readonly PendingRepair[]> {
    return this.#dual.pendingRepairs();
  }

  /** Gives each side what it lacks, in order. What still cannot be given stays queued. */
  repair(): Promise<RepairReport> {
    return this.#dual.repair();
  }

  /** From the source (LevelDB) to the target; of the manager's network. Throws CONFLICT, MIGRATION_FAILED. */
  async performBulkMigration(options: BulkMigrationOptions = {}): Promise<MigrationResult> {
    const scope = await this.boundScope();
    const migrate = () => bulkMigration(this.#source, this.#target, { ...options, scope });
    return this.#dual.exclusively(this.#source, migrate);
  }

  /** Source and target, contract by contract and field by field, of the manager's network. Queued writes show as differences. */
  async validateConsistency(): Promise<ConsistencyReport> {
    const scope = await this.boundScope();
    const [source, target] = [await this.#source.list(scope), await this.#target.list(scope)];
    return compareContracts(source, target);
  }
}

function pairOf(sourceManager: IStateManager, targetManager: IStateManager, options: MigrationManagerOptions) {
  const [source, target] = [storeOf(sourceManager), storeOf(targetManager)];
  const names: [string, string] = source.type === target.type ? ['target', 'source'] : [target.type, source.type];
  const { cwd = process.cwd(), queueFile, layers } = options;
  const dual = dualContracts({
    ...options,
    primary: target,
    secondary: source,
    names,
    queue: openRepairQueue(() => (queueFile === undefined ? queuePlace(cwd, names) : Promise.resolve(queueFile))),
    onWarning: options.onWarning ?? warnProcess,
  });
  const network = sourceManager.network ?? targetManager.network;
  const chainId = options.chainId ?? chainIdOf(sourceManager) ?? chainIdOf(targetManager);
  return { bound: { network, chainId, layers }, dual, source, target };
}

function chainIdOf(manager: IStateManager): number | undefined {
  return manager instanceof StateManager ? manager.chainId : undefined;
}

function warnProcess({ message }: DualWarning): void {
  process.emitWarning(message, { type: 'StateManagerWarning', code: 'DUAL_WRITE' });
}
