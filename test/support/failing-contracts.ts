import { StateManagerError } from '../../src/errors.js';
import type { ContractStore } from '../../src/managers/contract-store.js';

export type Failures = {
  /** Calls made so far. */
  calls: number;
  /** Which call fails, counted from 0; null for none. */
  at: number | null;
  /** Whether what it was to do is done all the same. */
  after: boolean;
  /** What it throws. */
  error: () => unknown;
};

export function noFailures(): Failures {
  return {
    calls: 0,
    at: null,
    after: false,
    error: () => new StateManagerError('BACKEND_UNAVAILABLE', 'out of order'),
  };
}

/** The same store, one call of which fails; to open, to close and to tell the version are calls like the others. */
export function failingContracts(store: ContractStore, failures: Failures): ContractStore {
  const call = async <Result>(run: () => Promise<Result>): Promise<Result> => {
    const fails = failures.calls === failures.at;
    failures.calls += 1;
    if (fails && !failures.after) throw failures.error();
    const result = await run();
    if (fails) throw failures.error();
    return result;
  };
  return {
    type: store.type,
    open: () => call(() => store.open()),
    chainOf: (network) => call(() => store.chainOf(network)),
    read: (scope, name) => call(() => store.read(scope, name)),
    list: (scope) => call(() => store.list(scope)),
    apply: (changes) => call(() => store.apply(changes)),
    inspect: () => call(() => store.inspect()),
    version: () => call(() => store.version()),
    close: () => call(() => store.close()),
  };
}
