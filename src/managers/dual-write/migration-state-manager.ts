import { resolve } from 'node:path';
import { StateManagerError } from '../../errors.js';
import type { ContractStore, StoreLayer } from '../contract-store.js';
import type { IStateManager } from '../istate-manager.js';
import { manifestsIn } from '../manifests.js';
import { StateManager } from '../state-manager.js';
import { bulkMigration, type BulkMigrationOptions, type MigrationResult } from './bulk-migration.js';
import { compareContracts, type ConsistencyReport } from '../../core/compare/compare-contracts.js';
import { type DualContracts, dualContracts, type PendingRepair, type RepairReport } from './dual-contracts.js';
import { storeOf } from './manager-contracts.js';
import { networkPair } from './network-pair.js';
import type { DualWarning, WriteOutcome } from './pair.js';
import { queuePlace } from './queue-place.js';
import { openRepairQueue } from './repair-queue.js';
import { warnProcess } from './warn-process.js';

export type MigrationManagerOptions = {
  /** Of two managers: which of them is written first and read. Default `target`. */
  readonly primary?: 'source' | 'target' | undefined;
  /** Beside the primary of a network; default `leveldb` beside JSON, beside LevelDB `unified` where `cwd` is a state root, else `json`. */
  readonly secondaryBackend?: 'leveldb' | 'json' | 'unified' | undefined;
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
  /** Default the working directory at the time the manager is made. */
  readonly cwd?: string | undefined;
  readonly chainId?: number | undefined;
  readonly layers?: readonly StoreLayer[] | undefined;
};

/** Both backends of a migration as one manager (R049–R054). */
export class MigrationStateManager extends StateManager {
  readonly #dual: DualContracts;
  readonly #source: ContractStore;
  readonly #target: ContractStore;

  /** Document 000: LevelDB and JSON of a network, of which one is written first and read. */
  constructor(network: string, primaryBackend?: 'leveldb' | 'json' | 'unified', options?: MigrationManagerOptions);
  /** Document 001: the target is written first and read. */
  constructor(source: IStateManager, target: IStateManager, options?: MigrationManagerOptions);
  constructor(
    first: string | IStateManager,
    second: IStateManager | 'leveldb' | 'json' | 'unified' = 'leveldb',
    options: MigrationManagerOptions = {},
  ) {
    const between = betweenOf(first, second, options);
    const dual = dualOf(between, options);
    const manifests = manifestsIn(resolve(options.cwd ?? process.cwd()));
    super({ ...between.bound, layers: options.layers, manifests }, dual);
    this.#dual = dual;
    this.#source = between.source;
    this.#target = between.target;
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

type Between = {
  readonly bound: { readonly network: string | null; readonly chainId: number | undefined };
  readonly source: ContractStore;
  readonly target: ContractStore;
  readonly primary: 'source' | 'target';
};

function betweenOf(
  first: string | IStateManager,
  second: string | IStateManager,
  options: MigrationManagerOptions,
): Between {
  if (typeof first === 'string' && typeof second === 'string') {
    return { ...networkPair(first, second, options), bound: { network: first, chainId: options.chainId } };
  }
  if (typeof first === 'string' || typeof second === 'string') {
    throw new StateManagerError('BAD_USAGE', 'A migration is of a network, or of two managers', {
      hint: "new MigrationStateManager('bscmainnet', 'json'), or new MigrationStateManager(source, target)",
    });
  }
  const network = first.network ?? second.network;
  const chainId = options.chainId ?? chainIdOf(first) ?? chainIdOf(second);
  const primary = options.primary ?? 'target';
  return { source: storeOf(first), target: storeOf(second), primary, bound: { network, chainId } };
}

function dualOf({ source, target, primary }: Between, options: MigrationManagerOptions): DualContracts {
  const [sourceName, targetName] =
    source.type === target.type ? ['source', 'target'] : ([source.type, target.type] as const);
  const isSourceFirst = primary === 'source';
  const names: [string, string] = isSourceFirst ? [sourceName, targetName] : [targetName, sourceName];
  const { cwd = process.cwd(), queueFile } = options;
  return dualContracts({
    ...options,
    primary: isSourceFirst ? source : target,
    secondary: isSourceFirst ? target : source,
    names,
    queue: openRepairQueue(() => (queueFile === undefined ? queuePlace(cwd, names) : Promise.resolve(queueFile))),
    onWarning: options.onWarning ?? warnProcess,
  });
}

function chainIdOf(manager: IStateManager): number | undefined {
  return manager instanceof StateManager ? manager.chainId : undefined;
}
