import type { ContractStore } from '../../src/managers/contract-store.js';
import { aroundEach, type StoreCall } from '../../src/managers/each-call.js';

export type Watched = {
  readonly store: ContractStore;
  /** Every call that reached the store, in order. */
  readonly calls: StoreCall[];
  /** How many of an operation did. */
  readonly count: (operation: StoreCall['operation']) => number;
};

/** A store that tells its calls. `before` runs first, and may wait or throw: then the store is not called. */
export function watched(inner: ContractStore, before: (call: StoreCall) => unknown = () => undefined): Watched {
  const calls: StoreCall[] = [];
  const store = aroundEach(inner, async (call, work) => {
    calls.push(call);
    await before(call);
    return work();
  });
  return { store, calls, count: (wanted) => calls.filter(({ operation }) => operation === wanted).length };
}

/** A gate that a test opens. */
export function closedGate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}

/** Until everything that waits for nothing outside has run. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
