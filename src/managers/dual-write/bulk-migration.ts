import { performance } from 'node:perf_hooks';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { contractKey } from '../../core/compare/contract-key.js';
import type { ContractStore, Scope, StoreChange } from '../contract-store.js';
import { withoutSeal } from '../../core/compare/comparable.js';
import { compareContracts } from '../../core/compare/compare-contracts.js';
import { messageOf } from './refusal.js';

export type BulkMigrationOptions = {
  /** Whether a contract that the target has with other fields becomes what the source has. Default false: CONFLICT. */
  readonly overwrite?: boolean | undefined;
};

export type MigrationResult = {
  /** Contracts of the source, all of which the target has now. */
  readonly contractCount: number;
  /** Those of them that were written. */
  readonly migrated: number;
  /** Those that were there already. */
  readonly unchanged: number;
  /** Milliseconds. */
  readonly duration: number;
};

/**
 * Puts into the target what only the source has, all or nothing; nothing is removed. Throws CONFLICT, and MIGRATION_FAILED
 * where the target does not take it.
 */
export async function bulkMigration(
  source: ContractStore,
  target: ContractStore,
  { scope, overwrite = false }: BulkMigrationOptions & { readonly scope: Scope | undefined },
): Promise<MigrationResult> {
  const start = performance.now();
  const contracts = await source.list(scope);
  const report = compareContracts(contracts, await target.list(scope));
  const differing = report.mismatches.map(({ key }) => key);
  if (differing.length > 0 && !overwrite) throw conflict(target.type, differing);
  const wanted = new Set([...report.missing, ...differing]);
  const changes = contracts
    .filter((contract) => wanted.has(contractKey(contract)))
    .map((contract): StoreChange => {
      return { kind: 'put', scope: { ...scope, chainId: contract.chainId }, contract: withoutSeal(contract) };
    });
  if (changes.length > 0) await taken(target, changes);
  return {
    contractCount: contracts.length,
    migrated: changes.length,
    unchanged: contracts.length - changes.length,
    duration: performance.now() - start,
  };
}

async function taken(target: ContractStore, changes: readonly StoreChange[]): Promise<void> {
  try {
    await target.apply(changes);
  } catch (cause) {
    throw new StateManagerError(
      'MIGRATION_FAILED',
      `${target.type} did not take the ${changes.length} contracts; nothing was written: ${messageOf(cause)}`,
      { cause, hint: 'see what it says of them', details: { reference: 'MIGRATION-001' } },
    );
  }
}

function conflict(type: string, keys: readonly string[]): StateManagerError {
  return new StateManagerError(
    'CONFLICT',
    `${type} has other fields for ${keys.map(shown).join(', ')}; nothing was migrated`,
    { hint: 'see validateConsistency(); pass overwrite: true where the source is right', details: { keys } },
  );
}
