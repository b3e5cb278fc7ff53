import { Mutex } from 'async-mutex';
import { unavailable } from './database-failure.js';
import type { Database } from './open-database.js';
import { type Borrowed, borrowDatabase } from './shared-databases.js';

export type HeldDatabase = {
  /** Opens it where that was not done yet; null where there is none. Throws BACKEND_UNAVAILABLE after `close`. */
  use<Result>(create: boolean, work: (database: Database | null) => Promise<Result>): Promise<Result>;
  open(): Promise<void>;
  /** When what is under way is done. */
  close(): Promise<void>;
};

/** One store's hold on the database at `path`, from the first use to `close`. */
export function holdDatabase(path: string): HeldDatabase {
  let held: Borrowed | null = null;
  let isClosed = false;
  const turns = new Mutex();
  const underWay = new Set<Promise<unknown>>();

  const hold = (create: boolean): Promise<Database | null> =>
    turns.runExclusive(async () => {
      held ??= await borrowDatabase(path, { create });
      return held === null ? null : held.database;
    });

  const use: HeldDatabase['use'] = async (create, work) => {
    if (isClosed) throw unavailable(path, 'its manager is closed');
    const working = hold(create).then(work);
    underWay.add(working);
    return working.finally(() => underWay.delete(working));
  };

  return {
    use,
    async open() {
      isClosed = false;
      await use(false, () => Promise.resolve());
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(underWay);
      await turns.runExclusive(async () => {
        const last = held;
        held = null;
        await last?.giveBack();
      });
    },
  };
}
