import { type MigrationReport, migrationReport } from '../../core/compare/migration-report.js';
import type { Finding } from '../../core/finding.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { baseState } from '../base-state.js';
import type { PassedOver } from '../plan-import.js';
import { placeOf } from '../read-snapshot.js';
import { compareMigration } from './compare-migration.js';
import type { MigrationSources } from './consolidation.js';

export type ValidateMigrationRequest = {
  readonly sources: MigrationSources;
  /** Any revision, also the branch of a migration; default the work tree. */
  readonly at?: string | undefined;
};

export type ValidatedMigration = {
  readonly report: MigrationReport;
  /** Source files that could not be read. */
  readonly passedOver: readonly PassedOver[];
  readonly findings: readonly Finding[];
};

/** Sources against the state, both ways (R102, R124). Throws UNKNOWN_REVISION, CONFIG_INVALID, and what reading sources throws. */
export async function validateMigration(
  repository: StateRepository,
  { sources, at }: ValidateMigrationRequest,
): Promise<ValidatedMigration> {
  const tree = await repository.at(await placeOf(repository, at));
  const compared = await compareMigration(await baseState(repository.root, tree), sources);
  const { passedOver, findings } = compared;
  return { report: migrationReport(compared.networks), passedOver, findings };
}
