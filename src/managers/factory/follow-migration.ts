import { Mutex } from 'async-mutex';
import type { ContractStore, StoreChange } from '../contract-store.js';

/** A store, and the side of a migration it is of. */
export type Sided = { readonly store: ContractStore; readonly side: string };

/**
 * A store that goes where the migration of the clone goes: asked before every call, `side` says where that is, and `open` opens it.
 * A write is answered for only when it is on the side that is in use after it; where that moved meanwhile, the other side gets it too.
 * So a script that opened its manager before a cutover or a rollback loses nothing. What it left stays open until `close`.
 */
export function followMigration(first: Sided, side: () => Promise<string>, open: () => Promise<Sided>): ContractStore {
  const turns = new Mutex();
  const left: ContractStore[] = [];
  let current = first;
  const inUse = async (): Promise<Sided> => {
    if ((await side()) === current.side) return current;
    return turns.runExclusive(async () => {
      if ((await side()) === current.side) return current;
      const next = await open();
      left.push(current.store);
      current = next;
      return next;
    });
  };
  const there = async (): Promise<ContractStore> => (await inUse()).store;
  return {
    type: first.store.type,
    open: async () => (await there()).open(),
    chainOf: async (network) => (await there()).chainOf(network),
    read: async (scope, name) => (await there()).read(scope, name),
    list: async (scope) => (await there()).list(scope),
    apply: (changes) => applyWhereItCounts(changes, inUse, side),
    inspect: async () => (await there()).inspect(),
    async version() {
      const { store, side: of } = await inUse();
      const version = await store.version();
      return version === null ? null : `${of}\n${version}`;
    },
    async close() {
      const closed = await Promise.allSettled([current.store, ...left].map((store) => store.close()));
      const failed = closed.find((result) => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    hitRate: () => current.store.hitRate?.(),
  };
}

async function applyWhereItCounts(
  changes: readonly StoreChange[],
  inUse: () => Promise<Sided>,
  side: () => Promise<string>,
): Promise<readonly boolean[]> {
  let changed: readonly boolean[] = changes.map(() => false);
  for (;;) {
    const { store, side: of } = await inUse();
    try {
      const now = await store.apply(changes);
      changed = changed.map((earlier, at) => earlier || now[at] === true);
    } catch (cause) {
      // A side that is not in use any more may fail for that.
      if ((await side()) === of) throw cause;
      continue;
    }
    if ((await side()) === of) return changed;
  }
}
