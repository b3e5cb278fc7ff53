import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { type ErrorCode, StateManagerError } from '../../errors.js';
import type { StoreLayer } from '../contract-store.js';
import { aroundEach } from '../each-call.js';
import { drained } from './drained.js';
import { requireCount, requireMilliseconds } from './require-number.js';

export type RetryOptions = {
  /** How often a call is made at most, the first time included; default 3. */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second attempt, with jitter; default 50. */
  readonly initialDelay?: number | undefined;
  /** Milliseconds between two attempts at most; default 1,000. So a call waits no longer than (attempts - 1) of them. */
  readonly maxDelay?: number | undefined;
  /** Other codes that may pass. Of a write only when the error says `details.written: false`. */
  readonly codes?: readonly ErrorCode[] | undefined;
};

/** These say that somebody else was there, and that nothing was written. */
const passing: ReadonlySet<ErrorCode> = new Set(['BUSY', 'RACED', 'LEVELDB_LOCKED']);

/** A call is made again when its error may pass; never a write of which nobody knows whether it happened. */
export function retried(options: RetryOptions = {}): StoreLayer {
  const { attempts = 3, initialDelay = 50, maxDelay = 1000, codes = [] } = options;
  requireCount('attempts', attempts);
  requireMilliseconds('initialDelay', initialDelay);
  requireMilliseconds('maxDelay', maxDelay);
  const named = new Set(codes);
  const policyFor = (mayPass: (error: StateManagerError) => boolean) =>
    retry(
      handleWhen((error) => error instanceof StateManagerError && mayPass(error)),
      { maxAttempts: attempts - 1, backoff: new ExponentialBackoff({ initialDelay, maxDelay }) },
    );
  const reading = policyFor(({ code }) => passing.has(code) || named.has(code));
  const writing = policyFor(({ code, details }) =>
    passing.has(code) ? details['written'] !== true : named.has(code) && details['written'] === false,
  );
  return (store) =>
    drained(aroundEach(store, (call, work) => (call.operation === 'apply' ? writing : reading).execute(() => work())));
}
