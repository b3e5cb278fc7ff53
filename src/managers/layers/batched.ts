import type { ContractStore, StoreChange } from '../contract-store.js';
import { delegating } from '../each-call.js';
import { isFailure } from '../is-failure.js';
import { requireMilliseconds } from './require-number.js';

export type BatchOptions = {
  /** Milliseconds that the first write of a batch waits for others. Default 100. */
  readonly delay?: number | undefined;
};

export type BatchedStore = ContractStore & {
  /** Writes now what waits; resolves when it is written, or refused to whoever asked for it. */
  flush(): Promise<void>;
};

type Waiting = {
  readonly changes: readonly StoreChange[];
  readonly resolve: (changed: readonly boolean[]) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Writes that come shortly one after the other reach the store as one: one file replaced, or one commit, for all of them.
 * Each still resolves when it is durable and not before, and `close` writes what waits. Where the store refuses them
 * together each is made alone, in order, so that only who asked for what is wrong hears of it.
 */
export function batched({ delay = 100 }: BatchOptions = {}): (store: ContractStore) => BatchedStore {
  requireMilliseconds('delay', delay);
  return (store) => {
    let waiting: Waiting[] = [];
    let timer: NodeJS.Timeout | undefined;
    let writing: Promise<void> = Promise.resolve();
    const flush = (): Promise<void> => {
      clearTimeout(timer);
      timer = undefined;
      const batch = waiting;
      waiting = [];
      // Never rejects: every write of the batch hears by itself what became of it.
      writing = writing.then(() => writeBatch(store, batch));
      return writing;
    };
    return {
      ...delegating(store),
      flush,
      apply: (changes) =>
        new Promise((resolve, reject) => {
          waiting.push({ changes, resolve, reject });
          timer ??= setTimeout(() => void flush(), delay);
        }),
      async close() {
        await flush();
        await store.close();
      },
    };
  };
}

async function writeBatch(store: ContractStore, batch: readonly Waiting[]): Promise<void> {
  if (batch.length === 0) return;
  try {
    const changed = await store.apply(batch.flatMap(({ changes }) => changes));
    let next = 0;
    for (const { changes, resolve } of batch) resolve(changed.slice(next, (next += changes.length)));
  } catch (error) {
    if (batch.length === 1 || isFailure(error)) for (const { reject } of batch) reject(error);
    else for (const each of batch) await writeBatch(store, [each]);
  }
}
