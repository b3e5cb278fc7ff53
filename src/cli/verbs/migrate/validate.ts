import { validateMigration } from '../../../commands/migration/validate-migration.js';
import { hasErrors } from '../../../core/finding.js';
import { StateManagerError } from '../../../errors.js';
import { text } from '../../arguments.js';
import type { Arguments, Context, Verb } from '../../command.js';
import { renderFindings } from '../../text/findings.js';
import { validationNotes, validationText, verdictText } from '../../text/migration-report.js';
import { migrationMarkdown } from '../../text/migration-report-markdown.js';
import type { MigrationSources } from '../../../commands/migration/consolidation.js';
import { readSources, sourcePaths, type SourcePaths } from './migrate-sources.js';

export const runMigrateValidate: Verb = async (args, context) => {
  const repository = await context.openRepository();
  const { sources } = await sourcesToCompare(args, context);
  const validated = await validateMigration(repository, { sources, at: text(args, 'at') });
  const { report, passedOver, findings } = validated;
  const isMarkdown = text(args, 'format') === 'md';
  return {
    data: { ...report, passedOver },
    findings,
    exit: report.isComplete && !hasErrors(findings) ? 0 : 1,
    quiet: verdictText(report),
    text: (style) => (isMarkdown ? migrationMarkdown(report) : validationText(validated, style)),
    notes: (style) =>
      [...(findings.length === 0 ? [] : [renderFindings(findings, style)]), validationNotes(validated, style)].join(
        '\n',
      ),
  };
};

/** The sources that were named, or the LevelDB where it usually lies. Throws BAD_USAGE when there is none. */
export async function sourcesToCompare(
  args: Arguments,
  context: Context,
): Promise<{ readonly paths: SourcePaths; readonly sources: MigrationSources }> {
  const paths = await sourcePaths(args, context);
  const { leveldb, also, json, unified, openzeppelin } = paths;
  if (leveldb === null && [also, json, unified, openzeppelin].every((some) => some.length === 0)) {
    throw new StateManagerError(
      'BAD_USAGE',
      'There is no LevelDB here to compare with, and no other source was named.',
      {
        hint: 'name it: --leveldb <path>, or --legacy-json <path>',
      },
    );
  }
  const progress = context.progress('Reading');
  try {
    const sources = await readSources(paths, context, (entries) => {
      progress.step(entries);
    });
    return { paths, sources };
  } finally {
    progress.done();
  }
}
