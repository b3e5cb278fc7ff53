import type { MigrationNote } from '../core/migration/note.js';

/** Where a clone keeps what it remembers of its migration: one for each state root, in no commit. */
export interface MigrationNotes {
  /** Null when there is none. Throws MIGRATION_FAILED for one that cannot be read. */
  read(): Promise<MigrationNote | null>;
  /** Whole or not at all, durable when it resolves. */
  write(note: MigrationNote): Promise<void>;
  /** Runs as the one process that migrates this state root. Throws BUSY while another one does. */
  hold<Answer>(operation: string, run: () => Promise<Answer>): Promise<Answer>;
  /** Is there such a process, as far as can be seen from here? */
  isHeld(): Promise<boolean>;
}
