import type { Scope } from '../contract-store.js';
import type { Database } from './open-database.js';
import { keyOf, readStored, type Stored, type Unreadable } from './stored-contract.js';

/** A `<network>:<address>` entry as document 000 wrote it. */
export type Addressed = { readonly key: Uint8Array; readonly stored: Stored | Unreadable };

/**
 * All of them. Nothing writes such entries any more and nobody else has the database, so they are looked for once; after
 * something was deleted, `forgetAddressed`. Throws LEVELDB_READ_ERROR.
 */
export async function addressedEntries(database: Database): Promise<readonly Addressed[]> {
  const known = found.get(database) ?? findAddressed(database);
  found.set(database, known);
  return known.catch((error: unknown) => {
    found.delete(database);
    throw error;
  });
}

export function forgetAddressed(database: Database): void {
  found.delete(database);
}

/** Those that are the contract of that name, as far as they can be read. */
export function addressedAs(addressed: readonly Addressed[], scope: Scope, contractName: string): Stored[] {
  return addressed.flatMap(({ stored }) =>
    'reason' in stored || stored.contractName !== contractName || !isIn(stored, scope) ? [] : [stored],
  );
}

/** A network that no chain id is known of belongs to whoever asks by its name. */
export function isIn({ chainId, network }: Stored | Unreadable, scope: Scope): boolean {
  return chainId === null ? network === scope.network : chainId === scope.chainId;
}

const found = new WeakMap<Database, Promise<readonly Addressed[]>>();

async function findAddressed(database: Database): Promise<readonly Addressed[]> {
  const entries = await database.entries();
  return entries.flatMap((entry) => {
    const parsed = keyOf(entry.key);
    return parsed?.form === 'network' ? [{ key: entry.key, stored: readStored(parsed, entry.value) }] : [];
  });
}
