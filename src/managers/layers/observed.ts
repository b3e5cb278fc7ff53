import { performance } from 'node:perf_hooks';
import type { StoreLayer } from '../contract-store.js';
import { aroundEach, type StoreCall } from '../each-call.js';

/** How a call ended. */
type CallResult =
  | { readonly ok: true; readonly result: unknown; readonly milliseconds: number }
  | { readonly ok: false; readonly error: unknown; readonly milliseconds: number };

/**
 * Called around every call of a store, and waited for. What `onBefore` throws refuses the call, and nothing was done; what
 * `onAfter` throws reaches the caller in the place of the result, although the call was made.
 */
export type Hooks = {
  readonly onBefore?: ((call: StoreCall) => void | Promise<void>) | undefined;
  readonly onAfter?: ((call: StoreCall, ended: CallResult) => void | Promise<void>) | undefined;
};

/** Event handlers before and after each operation of a store (R079). */
export function observed({ onBefore, onAfter }: Hooks): StoreLayer {
  return (store) =>
    aroundEach(store, async (call, work) => {
      await onBefore?.(call);
      const start = performance.now();
      const elapsed = () => performance.now() - start;
      let result: Awaited<ReturnType<typeof work>>;
      try {
        result = await work();
      } catch (error) {
        await onAfter?.(call, { ok: false, error, milliseconds: elapsed() });
        throw error;
      }
      await onAfter?.(call, { ok: true, result, milliseconds: elapsed() });
      return result;
    });
}
