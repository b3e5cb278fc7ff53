import { StateManagerError } from '../errors.js';

/** Calls of a manager that take several steps: `close` waits for all of their steps, and none begins afterwards. */
export type OpenCalls = {
  /** Throws BACKEND_UNAVAILABLE after `close`. */
  during<Result>(call: () => Promise<Result>): Promise<Result>;
  open(): void;
  isClosed(): boolean;
  close(): Promise<void>;
};

export function openCalls(): OpenCalls {
  const underWay = new Set<Promise<unknown>>();
  let closed = false;
  return {
    during(call) {
      if (closed) return Promise.reject(refused());
      const begun = call();
      const ended = () => underWay.delete(begun);
      underWay.add(begun);
      // Whoever made the call hears how it ended.
      begun.then(ended, ended);
      return begun;
    },
    open() {
      closed = false;
    },
    isClosed: () => closed,
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };
}

function refused(): StateManagerError {
  return new StateManagerError('BACKEND_UNAVAILABLE', 'This manager is closed; nothing was written', {
    hint: 'call initialize() to go on with it, and close() when the last call has been made',
    details: { closed: true },
  });
}
