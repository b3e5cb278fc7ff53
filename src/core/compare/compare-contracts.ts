import type { Difference } from '../diff/differences.js';
import { compareText } from '../equal.js';
import type { ContractType } from '../model/contract-type.js';
import { comparable } from './comparable.js';
import { contractDifferences } from './contract-differences.js';
import { contractKey } from './contract-key.js';

/** What two backends hold, side by side (R054, R102). Keys are `<chainId>-<contractName>`, ascending. */
export type ConsistencyReport = {
  readonly isConsistent: boolean;
  readonly sourceCount: number;
  readonly targetCount: number;
  readonly matches: number;
  readonly mismatches: readonly ContractMismatch[];
  /** In the source only. */
  readonly missing: readonly string[];
  /** In the target only. */
  readonly extra: readonly string[];
};

type ContractMismatch = {
  readonly key: string;
  /** The proxy, or the contract itself, as the source has it. */
  readonly address: string | null;
  /** By JSON pointer; `before` is the source's value, `after` the target's. */
  readonly differences: readonly Difference[];
};

/** Every field, both ways; what each backend spells in its own way counts as one (`comparable`). */
export function compareContracts(source: readonly ContractType[], target: readonly ContractType[]): ConsistencyReport {
  const [here, there] = [byKey(source), byKey(target)];
  const shared = [...here.keys()].filter((key) => there.has(key)).sort(compareText);
  const mismatches = shared.flatMap((key) => mismatch(key, here.get(key), there.get(key)));
  const missing = [...here.keys()].filter((key) => !there.has(key)).sort(compareText);
  const extra = [...there.keys()].filter((key) => !here.has(key)).sort(compareText);
  return {
    isConsistent: mismatches.length + missing.length + extra.length === 0,
    sourceCount: source.length,
    targetCount: target.length,
    matches: shared.length - mismatches.length,
    mismatches,
    missing,
    extra,
  };
}

function byKey(contracts: readonly ContractType[]): Map<string, ContractType> {
  return new Map(contracts.map((contract) => [contractKey(contract), contract]));
}

function mismatch(key: string, source: ContractType | undefined, target: ContractType | undefined): ContractMismatch[] {
  if (source === undefined || target === undefined) return [];
  const sorted = contractDifferences(comparable(source), comparable(target));
  return sorted.length === 0
    ? []
    : [{ key, address: source.proxyAddress ?? source.address ?? null, differences: sorted }];
}
