import type { Ambiguity, LegacyReject } from '../../core/legacy/legacy-record.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import type { StoreContent } from '../../ports/legacy-store.js';
import type { SourceFile } from '../../ports/source-files.js';
import type { BaseState } from '../base-state.js';
import type { FoldedPlace, ImportedRecovery, PassedOver } from '../plan-import.js';

/** All that a migration reads, of every network. */
export type MigrationSources = {
  readonly leveldb: StoreContent | null;
  /** Older copies of the LevelDB, as they were given; they only fill what is missing. */
  readonly also: readonly { readonly path: string; readonly content: StoreContent }[];
  /** v1, enhanced, configuration, `.state`, exports. */
  readonly json: readonly SourceFile[];
  /** 3.0 files that are not in normal form. */
  readonly unified: readonly SourceFile[];
  /** Manifests of OpenZeppelin's upgrades plugin. */
  readonly openzeppelin: readonly SourceFile[];
};

/** Which networks the sources speak of; what they make of each is worked out one at a time, so that memory stays bounded. */
export type Consolidation = {
  /** What all sources say, as 12 hex digits: the same for the same content, whatever their files look like. */
  readonly id: string;
  /** Ascending by name, each once. */
  readonly networks: readonly SourceNetwork[];
  /** What belongs to no network. */
  readonly rejects: readonly LegacyReject[];
  readonly ambiguous: readonly Ambiguity[];
  readonly passedOver: readonly PassedOver[];
  readonly ignored: readonly PassedOver[];
  /** Pure over the base. Throws CHAIN_ID_MISMATCH, STATE_INVALID, BAD_INPUT. */
  settle(base: BaseState, network: SourceNetwork): Promise<ConsolidatedNetwork>;
};

export type SourceNetwork = {
  readonly network: string;
  readonly chainId: number;
  /** Contracts that the sources name, at most. */
  readonly records: number;
};

/** One network as all sources together leave it. */
export type ConsolidatedNetwork = {
  readonly network: string;
  readonly chainId: number;
  /** Whole, sealed, in normal form. */
  readonly file: NetworkFile;
  /** Names of records that are new or changed against the base, ascending. */
  readonly changed: readonly string[];
  readonly unchanged: number;
  /** Whether the file differs from the base, also in its sections. */
  readonly isChanged: boolean;
  readonly withoutArguments: number;
  readonly rejects: readonly LegacyReject[];
  /** Every place where sources disagree, the value that was taken and the one that was not. */
  readonly ambiguous: readonly Ambiguity[];
  readonly recovered: readonly ImportedRecovery[];
  readonly folded: readonly FoldedPlace[];
};
