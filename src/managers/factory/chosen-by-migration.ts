import { migrationNotes } from '../../git/migration-notes.js';
import type { Environment } from '../../git/environment.js';
import { checkoutAround } from '../checkout-around.js';
import type { Chosen } from './choose-backend.js';
import type { StateManagerConfig } from './resolve-configuration.js';

/**
 * What `auto` means while `stateroot migrate` works in this clone, and after it: LevelDB and Git from the dual-write phase on, Git
 * after the cutover, the LevelDB it wrote after an emergency rollback. Null where something else is asked for, or nothing
 * migrates. Throws MIGRATION_FAILED for a note that cannot be read: a guess could write to one side only.
 */
export async function chosenByMigration(
  config: StateManagerConfig,
  cwd: string,
  env: Environment,
): Promise<Chosen | null> {
  if (config.backend.value !== 'auto') return null;
  const checkout = await checkoutAround(cwd, env);
  const note = checkout === null ? null : await migrationNotes(checkout).read();
  if (note === null) return null;
  const { id, scripts, sources, outcome } = note;
  const leveldbPath = sources.leveldb ?? undefined;
  switch (scripts) {
    case 'unchanged':
      return null;
    case 'dual-write':
      return {
        backends: ['leveldb', 'unified'],
        leveldbPath,
        reason:
          outcome === 'aborted'
            ? `migration ${id} was given up, and neither side alone knows what both were written meanwhile`
            : `migration ${id} is under way in this clone`,
      };
    case 'git':
      return { backends: ['unified'], reason: `migration ${id} has put Git in the place of the LevelDB` };
    case 'leveldb':
      return { backends: ['leveldb'], leveldbPath, reason: `migration ${id} was rolled back` };
  }
}
