import { StateManagerError } from '../../src/errors.js';
import type { ContractStore } from '../../src/managers/contract-store.js';

export type Failures = {
  /** Calls made so far, by method. */
  made: string[];
  /** Which call fails, counted from 0; null for none. */
  at: number | null;
  /** Whether what it was to do is done all the same. */
  after: boolean;
  /** What it throws. */
  error: () => unknown;
};

export function noFailures(): Failures {
  return {
    made: [],
    at: null,
    after: false,
    error: () => new StateManagerError('BACKEND_UNAVAILABLE', 'out of order'),
  };
}

/** The same store, one call of which fails; to open, to close and to tell the version are calls like the others. */
export function failingContracts(store: ContractStore, failures: Failures): ContractStore {
  const call = async <Result>(method: string, run: () => Promise<Result>): Promise<Result> => {
    const fails = failures.made.length === failures.at;
    failures.made.push(method);
    if (fails && !failures.after) throw failures.error();
    const result = await run();
    if (fails) throw failures.error();
    return result;
  };
  return {
    type: store.type,
    open: () => call('open', () => store.open()),
    chainOf: (network) => call('chainOf', () => store.chainOf(network)),
    read: (scope, name) => call('read', () => store.read(scope, name)),
    list: (scope) => call('list', () => store.list(scope)),
    apply: (changes) => call('apply', () => store.apply(changes)),
    inspect: () => call('inspect', () => store.inspect()),
    version: () => call('version', () => store.version()),
    close: () => call('close', () => store.close()),
  };
}
