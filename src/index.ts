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
export { inspectFile } from './core/inspect/inspect.js';
export { diffSnapshots, type ContractChange, type FieldChange, type NetworkChange } from './core/diff/diff.js';
export type { StateRepository } from './ports/state-repository.js';
export { openRepository } from './git/open-repository.js';
export { put, type PutRequest } from './commands/put.js';
export { deleteRecord, type DeleteRequest } from './commands/delete.js';
export { apply, type Batch } from './commands/apply.js';
export { rollback } from './commands/rollback.js';
