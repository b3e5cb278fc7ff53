import type { MigrationResult } from '../../../commands/migration/run-phases.js';
import type { Outcome } from '../../command.js';
import { migrationData, migrationNotes, migrationSummary } from '../../text/migration.js';

/** What run and resume answer: exit 5 where it was stopped, because the same again goes on. */
export function migrationOutcome(result: MigrationResult): Outcome {
  return {
    data: migrationData(result),
    exit: result.kind === 'stopped' ? 5 : 0,
    text: () => migrationSummary(result),
    notes: (style) => migrationNotes(result, style),
    quiet: result.note?.merge ?? '',
  };
}
