/** The library. Importing it opens nothing; `openRepository` is where files and git begin. */
export { StateManagerError, type ErrorCode, exitCodes } from './errors.js';
export type { Json, JsonObject } from './core/json.js';
export { type Finding, type Severity, hasErrors } from './core/finding.js';
export { canonicalize } from './core/text/canonical.js';
export { type NetworkFile, networkFileText, parseNetworkFile, recordsOf } from './core/model/network-file.js';
export type { StateRecord } from './core/model/record.js';
export { recordChecksum as checksum, sealRecord } from './core/model/checksum.js';
export { type ContractType, fromContractType, toContractType } from './core/model/contract-type.js';
export { findRecord } from './core/model/lookup.js';
export { readSnapshot, type Snapshot } from './core/snapshot.js';
export { checkConsistency } from './core/consistency/check.js';
export type { CheckOptions } from './core/consistency/state/checked-state.js';
export { inspectFile } from './core/inspect/inspect.js';
export { findRenames } from './core/diff/renames.js';
export { diffSnapshots, type ContractChange, type FieldChange, type NetworkChange } from './core/diff/diff.js';
export { type Conflict } from './core/merge/conflict.js';
export { type MergedNetwork, mergeNetwork as mergeNetworkFiles, type ThreeFiles } from './core/merge/merge-network.js';
export type { StateRepository } from './ports/state-repository.js';
export { type LibraryOptions, openRepository } from './library/open-repository.js';
export { openMerges } from './git/merge/open-merges.js';
export { openRemotes } from './git/remotes.js';
export { openChanges } from './git/open-changes.js';
export { type Merged, type MergeRequest, merge } from './commands/merge.js';
export { type Collaboration, sync, type Synced, type SyncRequest } from './commands/sync.js';
export { put, type PutRequest } from './commands/put.js';
export { deleteRecord, type DeleteRequest } from './commands/delete.js';
export { apply, type Batch } from './commands/apply.js';
export { rollback } from './commands/rollback.js';

/** The state managers of the design documents; `docs/managers.md`. */
export { StateManagerFactory } from './managers/factory/state-manager-factory.js';
export type { StateManagerOptions } from './managers/factory/manager-options.js';
export type { StateManagerConfig } from './managers/factory/resolve-configuration.js';
export { describeConfiguration } from './managers/factory/describe-configuration.js';
export type { BackendContext, OpenBackend } from './managers/factory/backend-registry.js';
export type {
  BackendMetrics,
  ContractFilter,
  ContractInfo,
  ExportOptions,
  IStateManager,
  ProxyInfo,
  QueryOptions,
  ValidationResult,
} from './managers/istate-manager.js';
export { type BoundNetwork, StateManager } from './managers/state-manager.js';
export type { ContractStore, Scope, StoreChange, StoreLayer, StoreProblem } from './managers/contract-store.js';
export { type LevelDBOptions, LevelDBStateManager } from './managers/leveldb/leveldb-state-manager.js';
export { JSONStateManager, type JSONStateManagerOptions } from './managers/json/json-state-manager.js';
export { UnifiedJSONStateManager, type UnifiedManagerOptions } from './managers/unified/unified-state-manager.js';
export { type MigrationManagerOptions, MigrationStateManager } from './managers/dual-write/migration-state-manager.js';
export type { ConsistencyReport } from './core/compare/compare-contracts.js';
export {
  type EnhancedContract,
  type EnhancedDeployment,
  type JSONDeployment,
  type LegacyDeployment,
  migrateDeploymentFormat,
} from './managers/json/deployment-format.js';
export type { MigrationResult } from './managers/dual-write/bulk-migration.js';
export type { PendingRepair, RepairReport } from './managers/dual-write/dual-contracts.js';
export type { DualWarning, WriteOutcome } from './managers/dual-write/pair.js';
export { tagBigints, untagBigints } from './core/values/bigint.js';
export { BigIntSerializer } from './managers/bigint-serializer.js';
export { fetchDeployOrUpgradeProxy } from './managers/fetch-deployment.js';
export type { ContractDeployment, DeploymentArgs } from './core/deployment/contract-deployment.js';
export { bytecodeHash, type HashScheme } from './core/deployment/bytecode-hash.js';
export { StateManagerErrorCode } from './core/errors/documented-codes.js';
export { explainCode, meansCode } from './core/errors/error-table.js';
export { MultiChainStateManager } from './managers/multi-chain/multi-chain-state-manager.js';
export { EventSourcingStateManager } from './managers/events/event-sourcing-state-manager.js';
export type { ContractEvent } from './managers/events/contract-event.js';
export { DistributedStateManager } from './managers/distributed/distributed-state-manager.js';
export { type GuardedStore, guarded, type GuardOptions } from './managers/layers/guarded.js';
export { type CacheEntry, cached, type CacheOptions } from './managers/layers/cached.js';
export { batched, type BatchedStore, type BatchOptions } from './managers/layers/batched.js';
export { locked } from './managers/layers/locked.js';
export { retried } from './managers/layers/retried.js';
export { circuitBroken } from './managers/layers/circuit-broken.js';
export { checksummed } from './managers/layers/checksummed.js';
export { authorized } from './managers/layers/authorized.js';
export { audited } from './managers/layers/audited.js';
export { verifyAudit } from './managers/layers/verify-audit.js';
export { logged } from './managers/layers/logged.js';
export { measured } from './managers/layers/measured.js';
export { type Hooks, observed } from './managers/layers/observed.js';
export { judgeMetrics } from './managers/judge-metrics.js';
export { thresholds } from './managers/thresholds.js';
export { PerformanceMonitor } from './managers/performance-monitor.js';
export { SecureAccessManager } from './managers/secure-access-manager.js';
export { OptimizedJSONManager } from './managers/optimized-json-manager.js';
export { OptimizedStateManager } from './managers/optimized-state-manager.js';
export { SecureStateManager } from './managers/secure-state-manager.js';
