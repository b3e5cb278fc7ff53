import type { ContractStore, StoreChange } from '../contract-store.js';
import type { RepairQueue } from './repair-queue.js';

/** One of the two stores, under the name the repair queue knows it by, whichever of them is primary today. */
export type Side = { readonly name: string; readonly store: ContractStore };

export type Pair = {
  readonly primary: Side;
  readonly secondary: Side;
  readonly queue: RepairQueue;
  readonly warn: (warning: DualWarning) => void;
};

/** What went wrong without failing the call. `backend` is the one that failed or is behind. */
export type DualWarning = {
  readonly kind: 'partial-write' | 'repair-failed' | 'read-fallback' | 'behind' | 'not-opened' | 'configuration';
  readonly backend: string;
  readonly message: string;
  readonly cause?: unknown;
};

export type SideOutcome = {
  readonly backend: string;
  readonly result: 'written' | 'failed' | 'skipped';
  readonly error?: unknown;
};

/** What became of one write on both sides. `queued`: the failed side gets it by `repair()`. */
export type WriteOutcome = {
  readonly primary: SideOutcome;
  readonly secondary: SideOutcome;
  readonly queued: boolean;
};

export function sidesOf({ primary, secondary }: Pick<Pair, 'primary' | 'secondary'>): readonly [Side, Side] {
  return [primary, secondary];
}

/** The name a change writes. */
export function nameOf(change: StoreChange): string {
  return change.kind === 'put' ? change.contract.contractName : change.contractName;
}
