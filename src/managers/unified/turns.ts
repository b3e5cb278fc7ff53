import { Mutex } from 'async-mutex';
import { openCalls } from '../open-calls.js';

/** Calls of one store, one at a time, in the order in which they were made. */
export type Turns = {
  /** Throws BACKEND_UNAVAILABLE once it is closed. A call must not wait for another one that it makes itself. */
  take<Result>(call: () => Promise<Result>): Promise<Result>;
  /** After a `close` too. */
  open(): void;
  /** Waits for all that was begun. */
  close(): Promise<void>;
};

export function openTurns(): Turns {
  const mutex = new Mutex();
  const calls = openCalls();
  return {
    take: (call) => calls.during(() => mutex.runExclusive(call)),
    open: () => {
      calls.open();
    },
    close: () => calls.close(),
  };
}
