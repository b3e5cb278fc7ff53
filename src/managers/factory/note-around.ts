import type { MigrationNote } from '../../core/migration/note.js';
import type { Environment } from '../../git/environment.js';
import { migrationNotes } from '../../git/migration-notes.js';
import { checkoutAround } from '../checkout-around.js';

/** The note of the migration of this clone, as it is at each call; always null outside git. A call looks at one file. */
export async function noteAround(cwd: string, env: Environment): Promise<() => Promise<MigrationNote | null>> {
  const checkout = await checkoutAround(cwd, env);
  return checkout === null ? () => Promise.resolve(null) : () => migrationNotes(checkout).read();
}

/** What a note means for deploy scripts, as a text that differs where that does. */
export function sideOf(note: MigrationNote | null): string {
  if (note === null || note.scripts === 'unchanged') return 'unchanged';
  return note.scripts === 'git' ? 'git' : `${note.scripts} ${note.sources.leveldb ?? ''}`;
}
