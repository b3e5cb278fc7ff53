import { Mutex } from 'async-mutex';
import { StateManagerError } from '../../errors.js';

/** Calls of one manager, one at a time, in the order in which they were made. */
export type Turns = {
  /** Throws BACKEND_UNAVAILABLE once it is closed. A call must not wait for another one that it makes itself. */
  take<Result>(call: () => Promise<Result>): Promise<Result>;
  /** Waits for all that was begun. */
  close(): Promise<void>;
};

export function openTurns(what: string): Turns {
  const mutex = new Mutex();
  let closed = false;
  return {
    take(call) {
      return closed ? Promise.reject(refused(what)) : mutex.runExclusive(call);
    },
    close() {
      closed = true;
      return mutex.runExclusive(() => undefined);
    },
  };
}

function refused(what: string): StateManagerError {
  return new StateManagerError('BACKEND_UNAVAILABLE', `This ${what} is closed; nothing was read or written`, {
    hint: 'create a new manager, and close it when the last call has been made',
    details: { closed: true },
  });
}
