import type { ContractStore, StoreLayer } from '../contract-store.js';
import { delegating } from '../each-call.js';
import type { BackendMetrics } from '../istate-manager.js';
import { type AuditOptions, audited } from './audited.js';
import { type AccessOptions, authorized } from './authorized.js';
import { cached, type CacheOptions } from './cached.js';
import { type ChecksumOptions, checksummed } from './checksummed.js';
import { circuitBroken, type CircuitOptions } from './circuit-broken.js';
import { locked, type LockOptions } from './locked.js';
import { logged, type LogOptions } from './logged.js';
import { measured, type MeasureOptions } from './measured.js';
import { retried, type RetryOptions } from './retried.js';

/** `false` leaves a part out. */
export type GuardOptions = {
  /** Counts what the caller waits for. Default on. */
  readonly metrics?: MeasureOptions | false | undefined;
  /** Default off. */
  readonly log?: LogOptions | false | undefined;
  /** Default off. */
  readonly audit?: AuditOptions | false | undefined;
  /** Default off: everybody may do everything. */
  readonly access?: AccessOptions | false | undefined;
  /** Default on. */
  readonly cache?: CacheOptions | false | undefined;
  /** Default off: it changes what is stored. */
  readonly checksum?: ChecksumOptions | false | undefined;
  /** Default on. */
  readonly locks?: LockOptions | false | undefined;
  /** Default on. */
  readonly retry?: RetryOptions | false | undefined;
  /** Default on. */
  readonly circuit?: CircuitOptions | false | undefined;
};

export type GuardedStore = ContractStore & {
  /** @see CachedStore; does nothing without a cache. */
  invalidate(keyOrAddress?: string): void;
  /** Null when nothing is counted. */
  metrics(): BackendMetrics | null;
};

/**
 * All layers around one store. From the outside in, and why there:
 *
 * 1. metrics: what the caller waits for, cache and locks included
 * 2. log: also what the layers below refuse
 * 3. audit: also what was denied
 * 4. access: before the cache, which would answer whom the store must not
 * 5. cache: above the checksums, so that each is verified once per reading, not per answer
 * 6. checksum: above everything that may write twice, so that all attempts write the same
 * 7. locks: outside the retries, or a write that waits for its second attempt would be overtaken by a later one
 * 8. retry: outside the circuit, which has to see each attempt; it does not retry BACKEND_UNAVAILABLE
 * 9. circuit: next to the store
 */
export function guarded(options: GuardOptions = {}): (store: ContractStore) => GuardedStore {
  const {
    metrics,
    log = false,
    audit = false,
    access = false,
    cache,
    checksum = false,
    locks,
    retry,
    circuit,
  } = options;
  return (store) => {
    const inner = [
      circuit !== false && circuitBroken(circuit),
      retry !== false && retried(retry),
      locks !== false && locked(locks),
      checksum !== false && checksummed(checksum),
    ];
    const stored = within(store, inner);
    const caching = cache === false ? null : cached(cache)(stored);
    const outer = [
      access !== false && authorized(access),
      audit !== false && audited(audit),
      log !== false && logged(log),
    ];
    const whole = within(caching ?? stored, outer);
    const counting = metrics === false ? null : measured(metrics)(whole);
    return {
      ...delegating(counting ?? whole),
      invalidate: (name) => caching?.invalidate(name),
      metrics: () => counting?.metrics() ?? null,
    };
  };
}

/** The first layer innermost. */
function within(store: ContractStore, layers: readonly (StoreLayer | false)[]): ContractStore {
  return layers.reduce<ContractStore>((inside, layer) => (layer === false ? inside : layer(inside)), store);
}
