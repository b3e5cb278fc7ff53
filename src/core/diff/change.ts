import type { Json } from '../json.js';

/** One value before and after; absent where it did not exist. */
export type FieldChange = {
  /** A field's bare name, `category`, or the RFC 6901 pointer of a place in a section. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
};

export type ChangeStatus = 'added' | 'removed' | 'modified';

/** What a change does to the chain's view of the contract (CONTRACT §5). */
export type ChangeKind = 'deploy' | 'redeploy' | 'upgrade' | 'remove' | 'metadata';

/** Why a person should decide: the identity changed, it is gone, or new code claims the old hash. */
export type Danger = 'proxy-changed' | 'removed' | 'same-code-hash';

export type ContractChange = {
  readonly name: string;
  /** Of the record after the change; of the one before when it was removed. */
  readonly category: string;
  readonly status: ChangeStatus;
  readonly kind: ChangeKind;
  readonly danger: Danger | null;
  /** In the order of FORMAT §4, then by name; `checksum` is never listed, so a change of nothing else has none. */
  readonly fields: readonly FieldChange[];
};

export type NetworkChange = {
  readonly network: string;
  readonly chainId: number;
  readonly status: ChangeStatus;
  /** By name. */
  readonly contracts: readonly ContractChange[];
  /** By path. */
  readonly sections: readonly FieldChange[];
};

export function fieldChange(path: string, before: Json | undefined, after: Json | undefined): FieldChange {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
