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

/**
 * Why a person should decide, worst first: the identity changed, the network is another chain, the record is gone, new
 * code claims the old hash, a new address is known under another name, control or a cross-chain endpoint changed hands.
 */
export const dangers = [
  'proxy-changed',
  'chain-changed',
  'removed',
  'same-code-hash',
  'known-elsewhere',
  'owner-changed',
  'endpoint-changed',
] as const;

export type Danger = (typeof dangers)[number];

export type ContractChange = {
  readonly name: string;
  /** Of the record after the change; of the one before when it was removed. */
  readonly category: string;
  readonly status: ChangeStatus;
  readonly kind: ChangeKind;
  /** The worst one. */
  readonly danger: Danger | null;
  /** In the order of FORMAT §4, then by name; `checksum` is never listed, so a change of nothing else has none. */
  readonly fields: readonly FieldChange[];
  /** Whose its new addresses are already, under another name; absent when nobody's. */
  readonly knownAs?: readonly KnownAddress[];
};

/** A record that has an address, before or after the change. */
export type KnownAddress = {
  /** The field of the change that holds the address. */
  readonly path: string;
  readonly network: string;
  readonly contract: string;
};

/** A change of a section, with its danger where it has one. */
export type SectionChange = FieldChange & { readonly danger?: Danger };

export type NetworkChange = {
  readonly network: string;
  readonly chainId: number;
  readonly status: ChangeStatus;
  /** The name it had; such a network is `modified`, and its records are compared with those under the old name. */
  readonly renamedFrom?: string;
  /** By name. */
  readonly contracts: readonly ContractChange[];
  /** By path. */
  readonly sections: readonly SectionChange[];
};

export function fieldChange(path: string, before: Json | undefined, after: Json | undefined): FieldChange {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** Of several, the one to decide on first. */
export function worstDanger(found: readonly (Danger | null)[]): Danger | null {
  return dangers.find((danger) => found.includes(danger)) ?? null;
}
