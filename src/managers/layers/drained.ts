import type { ContractStore } from '../contract-store.js';
import { aroundEach } from '../each-call.js';

/**
 * The same store, closed only when every write that was asked for has ended. For layers that hold writes back: a write
 * that waits for its lock would otherwise come to a store that is closed.
 */
export function drained(store: ContractStore): ContractStore {
  const running = new Set<Promise<unknown>>();
  return aroundEach(store, async (call, work) => {
    if (call.operation === 'close') await Promise.allSettled(running);
    if (call.operation !== 'apply') return work();
    const write = work();
    running.add(write);
    try {
      return await write;
    } finally {
      running.delete(write);
    }
  });
}
