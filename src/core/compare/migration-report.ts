import type { Difference } from '../diff/differences.js';
import { compareText } from '../equal.js';
import { compareFieldNames } from '../model/fields.js';
import { type FieldCount, type NetworkComparison, recordAddress } from './compare-network.js';

/**
 * Document 000's ValidationReport, and more (R102, R124). `sourceCount` is the contracts of the source without those that
 * quarantine keeps: `matches`, `mismatches` and `missing` together.
 */
export type MigrationReport = Counts & {
  /** Nothing is missing and nothing differs. */
  readonly isComplete: boolean;
  readonly mismatches: readonly ReportedMismatch[];
  readonly missing: readonly ReportedMissing[];
  readonly extra: readonly ReportedExtra[];
  readonly quarantined: readonly { readonly key: string; readonly file: string }[];
  readonly added: readonly ContractFields[];
  /** Where sources disagree and the target holds what all of them together come to. */
  readonly settled: readonly (ContractPlace & { readonly differences: readonly Difference[] })[];
  /** In the order of FORMAT §4, then by name. */
  readonly fields: readonly ReportedField[];
  /** Ascending by name. */
  readonly networks: readonly ReportedNetwork[];
  readonly quality: Quality;
};

type Counts = { readonly sourceCount: number; readonly targetCount: number; readonly matches: number };

type ContractPlace = { readonly network: string | null; readonly contractName: string | null };

export type ReportedMismatch = ContractPlace & {
  readonly key: string;
  /** The proxy, or the contract itself, as the source has it. */
  readonly address: string | null;
  /** By JSON pointer; `before` is the source's value, `after` the target's. */
  readonly differences: readonly Difference[];
};

export type ReportedMissing = ContractPlace & {
  readonly key: string;
  readonly address: string | null;
  readonly reason: string | null;
};

type ReportedExtra = ContractPlace & { readonly address: string | null };

type ContractFields = ContractPlace & { readonly fields: readonly string[] };

/** `rate` is percent. */
export type ReportedField = FieldCount & { readonly field: string; readonly rate: number };

export type ReportedNetwork = Counts & {
  readonly network: string;
  readonly chainId: number;
  readonly mismatches: number;
  readonly missing: number;
  readonly extra: number;
  readonly quarantined: number;
  readonly quality: number;
};

/**
 * `score` is percent: values that source and target hold equal, of all values of the source and all values that only the target
 * has and nothing explains. Rounded down to two digits, so that 100 means every one of them. An entry that names no contract and is
 * not in quarantine is one value that is not held. Chain and name, by which a contract is found, do not count.
 */
export type Quality = { readonly score: number; readonly held: number; readonly values: number };

export function migrationReport(comparisons: readonly NetworkComparison[]): MigrationReport {
  const mismatches = comparisons.flatMap(mismatchesOf);
  const missing = comparisons.flatMap(missingOf);
  const matches = sum(comparisons, (one) => one.matches);
  const named = comparisons.flatMap((one) => (one.network === null ? [] : networkFigures(one.network, one)));
  return {
    isComplete: mismatches.length + missing.length === 0,
    sourceCount: matches + mismatches.length + missing.length,
    targetCount: sum(comparisons, (one) => one.targetCount),
    matches,
    mismatches,
    missing,
    extra: comparisons.flatMap(({ network, extra }) =>
      extra.map((record) => ({ network, contractName: record.name, address: recordAddress(record) })),
    ),
    quarantined: comparisons.flatMap(({ quarantined }) => quarantined).sort((a, b) => compareText(a.key, b.key)),
    added: comparisons.flatMap(({ network, added }) => added.map((one) => ({ network, ...one }))),
    settled: comparisons.flatMap(({ network, settled }) => settled.map((one) => ({ network, ...one }))),
    fields: fieldRates(comparisons),
    networks: named.sort((a, b) => compareText(a.network, b.network)),
    quality: qualityOf(comparisons),
  };
}

function mismatchesOf({ network, mismatches }: NetworkComparison): ReportedMismatch[] {
  return mismatches.map(({ source, record, differences }) => {
    const { proxyAddress, address } = source.contract;
    return {
      network,
      contractName: record.name,
      key: source.key,
      address: proxyAddress ?? address ?? null,
      differences,
    };
  });
}

function missingOf({ network, missing }: NetworkComparison): ReportedMissing[] {
  return missing.map(({ key, source, reason }) => {
    const contract = source?.contract;
    return {
      network,
      contractName: contract?.contractName ?? null,
      key,
      address: contract?.proxyAddress ?? contract?.address ?? null,
      reason,
    };
  });
}

function networkFigures(network: string, one: NetworkComparison): ReportedNetwork {
  const { chainId, targetCount, matches, mismatches, missing, extra, quarantined } = one;
  return {
    network,
    chainId: chainId ?? 0,
    sourceCount: matches + mismatches.length + missing.length,
    targetCount,
    matches,
    mismatches: mismatches.length,
    missing: missing.length,
    extra: extra.length,
    quarantined: quarantined.length,
    quality: qualityOf([one]).score,
  };
}

function fieldRates(comparisons: readonly NetworkComparison[]): ReportedField[] {
  const total = new Map<string, FieldCount>();
  for (const [field, count] of comparisons.flatMap(({ fields }) => [...fields])) {
    const known = total.get(field) ?? { source: 0, held: 0, unexplained: 0 };
    total.set(field, {
      source: known.source + count.source,
      held: known.held + count.held,
      unexplained: known.unexplained + count.unexplained,
    });
  }
  return [...total]
    .sort(([a], [b]) => compareFieldNames(a, b))
    .map(([field, count]) => ({ field, ...count, rate: percent(count.held, count.source) }));
}

function qualityOf(comparisons: readonly NetworkComparison[]): Quality {
  const counts = comparisons.flatMap(({ fields }) => [...fields.values()]);
  const unread = sum(comparisons, ({ missing }) => missing.filter(({ source }) => source === null).length);
  const held = sum(counts, (count) => count.held);
  const values = sum(counts, (count) => count.source + count.unexplained) + unread;
  return { score: percent(held, values), held, values };
}

/** Two digits, never rounded up: 100 is all of them. Of nothing, nothing is lost. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.floor((part * 10_000) / whole) / 100;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
