import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noteText, readNote } from '../core/migration/note.js';
import { StateManagerError } from '../errors.js';
import type { MigrationNotes } from '../ports/migration-notes.js';
import type { CheckoutPlace } from './checkout-place.js';
import { isAbsent } from './read/worktree-tree.js';
import { writeDurably } from './write/durable.js';
import { acquireLockIn, livingLocks, lockFolder, removeDeadLocks } from './write/lock.js';

/** @see MigrationNotes. A file of the git dir that all worktrees share. */
export function migrationNotes({ commonDir, root }: Pick<CheckoutPlace, 'commonDir' | 'root'>): MigrationNotes {
  const name = root === '' ? 'root' : createHash('sha256').update(root).digest('hex').slice(0, 12);
  const file = join(lockFolder(commonDir), 'migration', `${name}.json`);
  const holders = join(lockFolder(commonDir), 'migration', `${name}.running`);
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        if (isAbsent(cause)) return null;
        throw cause;
      });
      if (text === null) return null;
      const note = readNote(text);
      if (note === null) throw unreadable(file);
      return note;
    },
    async write(note) {
      await writeDurably(file, noteText(note));
    },
    async hold(operation, run) {
      const lock = await acquireLockIn(holders, operation, 1000);
      try {
        await removeDeadLocks(holders);
        return await run();
      } finally {
        await lock.release();
      }
    },
    isHeld: async () => (await livingLocks(holders)).length > 0,
  };
}

function unreadable(file: string): StateManagerError {
  return new StateManagerError('MIGRATION_FAILED', `${file} is no note of a migration.`, {
    hint: 'move it away; the branch of the migration says how far it came, and migrate resume --leveldb <path> goes on',
    details: { path: file },
  });
}
