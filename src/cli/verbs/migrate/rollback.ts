import { join, resolve } from 'node:path';
import { rollbackMigration } from '../../../commands/migration/rollback-migration.js';
import { findCheckout } from '../../../git/checkout-place.js';
import { migrationNotes } from '../../../git/migration-notes.js';
import { levelStore } from '../../../leveldb/level-store.js';
import { flag, text } from '../../arguments.js';
import type { Verb } from '../../command.js';
import { rollbackNotes, rollbackSummary } from '../../text/migration-rollback.js';

export const runMigrateRollback: Verb = async (args, context) => {
  const repository = await context.openRepository();
  const place = await findCheckout(context.cwd, context.environment);
  const out = text(args, 'out');
  const dryRun = flag(args, 'dry-run');
  const result = await rollbackMigration(
    { repository, store: levelStore, notes: migrationNotes(place) },
    {
      out: out === undefined ? join(place.top, place.root, 'leveldb.restored') : resolve(context.cwd, out),
      cutover: text(args, 'merge') ?? null,
      discardLater: flag(args, 'discard-later'),
      dryRun,
    },
  );
  const { cutover, exported, leveldb, comparison, reverted } = result;
  const { commit, changed, changes } = reverted;
  return {
    data: { cutover, leveldb, exported, comparison, commit, changed, changes },
    text: (style) => rollbackSummary(result, dryRun, style),
    notes: (style) => rollbackNotes(result, dryRun, style),
    ...(commit === null ? {} : { quiet: commit }),
  };
};
