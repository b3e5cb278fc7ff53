import type { Json, JsonObject } from '../json.js';

/** What a source says of one contract, read and checked as far as that needs no other file. */
export type LegacyRecord = {
  /** The database key as text (`keyText`), or the pointer into a source file. */
  readonly key: string;
  /** The value as it was stored, for quarantine and reports. */
  readonly raw: Uint8Array;
  readonly value: Json;
  /** From the key or the value; null where only the network's name is known. */
  readonly chainId: number | null;
  /** The network in a `<network>:<address>` key. */
  readonly network: string | null;
  /** How the source spells the network; null when it does not say. */
  readonly spelling: string | null;
  readonly contractName: string;
  /** A ContractType without `contractName`, `chainId` and `networkName`. */
  readonly fields: JsonObject;
  /** Fields that older versions of it have: those it does not have itself, and `firstDeployedAt` and `upgrades`. */
  readonly recovered?: ReadonlyMap<string, Recovered>;
};

/** A value that only an older version still has, and the file of the source it stands in. */
export type Recovered = { readonly value: Json; readonly file: string };

/** An entry that cannot be state, kept word for word (FORMAT §11). */
export type LegacyReject = {
  readonly key: string;
  readonly raw: Uint8Array;
  readonly value: Json;
  readonly reason: string;
  readonly chainId: number | null;
  /** Where the source is files: the one it stands in, as the user named it. */
  readonly file?: string;
};

/**
 * Two readings of a source, and the one that was taken. `path` is the key, pointer or chain it is about. `rule` is
 * `network-spelling`, `name-qualified`, `duplicate-record`, `proxy-replaced`, or one of folding (FORMAT §10).
 */
export type Ambiguity = {
  readonly rule: string;
  /** Where the source is files: the one it is about, as the user named it. */
  readonly file?: string;
  readonly path: string;
  readonly kept: Json;
  readonly other: Json;
};

export function reject(record: Omit<LegacyReject, 'reason'>, reason: string): LegacyReject {
  const { key, raw, value, chainId } = record;
  return { key, raw, value, reason, chainId };
}
