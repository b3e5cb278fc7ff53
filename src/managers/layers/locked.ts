import { Mutex, withTimeout } from 'async-mutex';
import { compareText } from '../../core/equal.js';
import { shown } from '../../core/shown.js';
import { StateManagerError } from '../../errors.js';
import { changeKey } from '../contract-key.js';
import type { StoreChange, StoreLayer } from '../contract-store.js';
import { aroundEach } from '../each-call.js';
import { drained } from './drained.js';
import { requireMilliseconds } from './require-number.js';

export type LockOptions = {
  /** Milliseconds that a write waits for all its locks together; default 30,000. */
  readonly timeout?: number | undefined;
};

/**
 * Writes of one contract (chain id and name) one after the other, in the order they were asked for; others at once. Reads
 * wait for nothing. A write that waited too long throws BUSY naming the key, and has written nothing. Within one process:
 * between processes the store has its own exclusion.
 */
export function locked({ timeout = 30_000 }: LockOptions = {}): StoreLayer {
  requireMilliseconds('timeout', timeout);
  return (store) => {
    const mutexes = new Map<string, Mutex>();
    const exclusive = aroundEach(store, (call, work) =>
      call.operation === 'apply' ? holding(mutexes, keysOf(call.changes), timeout, work) : work(),
    );
    return drained(exclusive);
  };
}

/** In one order whoever asks, so that two batches never wait for each other. */
function keysOf(changes: readonly StoreChange[]): readonly string[] {
  return [...new Set(changes.map(changeKey))].sort(compareText);
}

async function holding<Result>(
  mutexes: Map<string, Mutex>,
  keys: readonly string[],
  timeout: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + timeout;
  const releases: (() => void)[] = [];
  try {
    for (const key of keys) releases.push(await acquire(mutexes, key, Math.max(0, deadline - Date.now())));
    return await work();
  } finally {
    for (const release of releases) release();
  }
}

async function acquire(mutexes: Map<string, Mutex>, key: string, patience: number): Promise<() => void> {
  const mutex = mutexes.get(key) ?? new Mutex();
  mutexes.set(key, mutex);
  const release = await withTimeout(mutex, patience, busy(key)).acquire();
  return () => {
    release();
    if (!mutex.isLocked()) mutexes.delete(key);
  };
}

function busy(key: string): StateManagerError {
  return new StateManagerError('BUSY', `Another write of ${shown(key)} is still running; this one wrote nothing`, {
    hint: 'write again, or raise the time-out of the locks',
    details: { key },
  });
}
