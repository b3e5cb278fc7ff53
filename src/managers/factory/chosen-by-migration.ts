import type { MigrationNote } from '../../core/migration/note.js';
import type { Chosen } from './choose-backend.js';

/**
 * What `auto` means while `stateroot migrate` works in this clone, and after it: LevelDB and Git from the dual-write phase on, Git
 * after the cutover, the LevelDB it wrote after an emergency rollback. Null where nothing migrates.
 */
export function chosenByMigration(note: MigrationNote | null): Chosen | null {
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
