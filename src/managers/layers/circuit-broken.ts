import { circuitBreaker, ConsecutiveBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel';
import { StateManagerError } from '../../errors.js';
import type { StoreLayer } from '../contract-store.js';
import { aroundEach, type StoreCall } from '../each-call.js';
import { isFailure } from '../is-failure.js';
import { requireCount, requireMilliseconds } from './require-number.js';

export type CircuitOptions = {
  /** Failures in a row after which the store is left alone; default 5. */
  readonly failures?: number | undefined;
  /** Milliseconds until one call tries it again; default 10,000. */
  readonly halfOpenAfter?: number | undefined;
};

/**
 * A store that fails again and again is not asked for a while: BACKEND_UNAVAILABLE at once, with the last failure as its
 * cause. Reads and writes have a circuit each, so that a full disk does not stop reads and reads do not hide it.
 */
export function circuitBroken({ failures = 5, halfOpenAfter = 10_000 }: CircuitOptions = {}): StoreLayer {
  requireCount('failures', failures);
  requireMilliseconds('halfOpenAfter', halfOpenAfter);
  return (store) => {
    const circuits = { read: openCircuit(failures, halfOpenAfter), write: openCircuit(failures, halfOpenAfter) };
    return aroundEach(store, (call, work) => {
      const side = sideOf(call);
      return side === null ? work() : circuits[side](`${side}s of ${store.type}`, work);
    });
  };
}

/** Closing always has to work; a version that can be told says nothing of whether records can be read. */
function sideOf({ operation }: StoreCall): 'read' | 'write' | null {
  if (operation === 'close' || operation === 'version') return null;
  return operation === 'apply' ? 'write' : 'read';
}

function openCircuit(
  failures: number,
  halfOpenAfter: number,
): <Result>(what: string, work: () => Promise<Result>) => Promise<Result> {
  const policy = circuitBreaker(handleWhen(isFailure), { halfOpenAfter, breaker: new ConsecutiveBreaker(failures) });
  let last: unknown;
  return async (what, work) => {
    try {
      return await policy.execute(() => work());
    } catch (error) {
      if (isBrokenCircuitError(error)) throw unavailable(what, halfOpenAfter, last);
      if (isFailure(error)) last = error;
      throw error;
    }
  };
}

function unavailable(what: string, halfOpenAfter: number, cause: unknown): StateManagerError {
  const reason = cause instanceof Error ? `: ${cause.message}` : '';
  return new StateManagerError('BACKEND_UNAVAILABLE', `The ${what} failed too often and are not tried now${reason}`, {
    hint: `mend what the cause says; after ${halfOpenAfter} ms one call tries again`,
    cause,
    details: { halfOpenAfter, written: false },
  });
}
