import type { Ambiguity, LegacyReject } from '../../core/legacy/legacy-record.js';
import type { FoldedPlace, ImportedRecovery, PassedOver } from '../plan-import.js';
import type { ConsolidatedNetwork } from './consolidation.js';
import type { SourceState } from './source-state.js';

/** What the sources hold, counted before anything is written. */
export type Inventory = {
  readonly networks: readonly NetworkInventory[];
  readonly records: number;
  /** Of the sources. */
  readonly bytes: number;
  /** New or changed against the commit the migration starts from. */
  readonly changed: number;
  readonly withoutArguments: number;
  readonly quarantined: readonly LegacyReject[];
  readonly ambiguous: readonly Ambiguity[];
  readonly recovered: readonly ImportedRecovery[];
  readonly folded: readonly FoldedPlace[];
  readonly passedOver: readonly PassedOver[];
  readonly ignored: readonly PassedOver[];
};

type NetworkInventory = {
  readonly network: string;
  readonly chainId: number;
  readonly records: number;
  readonly changed: number;
  readonly isChanged: boolean;
  readonly withoutArguments: number;
  readonly quarantined: number;
};

/** Settles every network once, one at a time. Throws CHAIN_ID_MISMATCH, STATE_INVALID, BAD_INPUT: the target would not be valid. */
export async function takeInventory(
  { base, consolidation, bytes }: SourceState,
  seen: (records: number, network: string) => void,
): Promise<Inventory> {
  const networks: NetworkInventory[] = [];
  const quarantined: LegacyReject[] = [...consolidation.rejects];
  const ambiguous: Ambiguity[] = [...consolidation.ambiguous];
  const recovered: ImportedRecovery[] = [];
  const folded: FoldedPlace[] = [];
  let read = 0;
  for (const source of consolidation.networks) {
    const settled = await consolidation.settle(base, source);
    networks.push(networkInventory(settled));
    quarantined.push(...settled.rejects);
    ambiguous.push(...settled.ambiguous);
    recovered.push(...settled.recovered);
    folded.push(...settled.folded);
    read += source.records;
    seen(read, source.network);
  }
  const sum = (count: (one: NetworkInventory) => number): number => networks.reduce((all, one) => all + count(one), 0);
  return {
    networks,
    bytes,
    records: sum(({ records }) => records),
    changed: sum(({ changed }) => changed),
    withoutArguments: sum(({ withoutArguments }) => withoutArguments),
    quarantined,
    ambiguous,
    recovered,
    folded,
    passedOver: consolidation.passedOver,
    ignored: consolidation.ignored,
  };
}

function networkInventory(settled: ConsolidatedNetwork): NetworkInventory {
  const { network, chainId, changed, unchanged, isChanged, withoutArguments, rejects } = settled;
  return {
    network,
    chainId,
    records: changed.length + unchanged,
    changed: changed.length,
    isChanged,
    withoutArguments,
    quarantined: rejects.length,
  };
}
