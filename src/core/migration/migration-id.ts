import { createHash } from 'node:crypto';

/**
 * Names a migration, 12 hex digits: the same sources from the same commit into the same state root are one migration; after a
 * rollback the commit is another, and so is the migration.
 */
export function migrationId(of: { readonly sources: string; readonly base: string; readonly root: string }): string {
  return createHash('sha256').update(`${of.sources}\n${of.base}\n${of.root}\n`).digest('hex').slice(0, 12);
}
