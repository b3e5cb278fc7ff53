import { groupByNetwork, type NetworkWish } from '../core/legacy/group-by-network.js';
import type { OlderSource } from '../core/legacy/json/older-source.js';
import type { Ambiguity, LegacyRecord, LegacyReject } from '../core/legacy/legacy-record.js';
import { valueAt } from '../core/text/value-at.js';
import type { BaseState } from './base-state.js';
import type { FoldedPlace, PassedOver } from './plan-import.js';

export type OlderGroup = {
  readonly network: string;
  readonly chainId: number;
  /** At least one. */
  readonly older: readonly OlderSource[];
};

/**
 * Which network each file, or part of an export, is about: by its chain id, else by what it calls the network. What names
 * neither is passed over; of an export, its entries are set aside. Throws BAD_USAGE.
 */
export async function placeOlder(
  base: BaseState,
  older: readonly OlderSource[],
  wish: NetworkWish,
): Promise<{
  readonly groups: readonly OlderGroup[];
  readonly ambiguous: readonly Ambiguity[];
  readonly rejects: readonly LegacyReject[];
  readonly folded: readonly FoldedPlace[];
  readonly passedOver: readonly PassedOver[];
}> {
  const files = await base.readable();
  const claims = new Map(older.map((one, at): [string, OlderSource] => [`${at} ${one.file}`, one]));
  const grouped = groupByNetwork(
    [...claims].map(([key, one]) => claimOf(key, one, files)),
    { files, config: base.config },
    wish,
  );
  const sourceOf = (key: string): OlderSource[] => [claims.get(key) ?? []].flat();
  const unplaced = grouped.rejects.flatMap(({ key, reason }) => sourceOf(key).map((one) => ({ one, reason })));
  return {
    groups: grouped.groups.map(({ network, chainId, records }) => {
      return { network, chainId, older: records.flatMap(({ key }) => sourceOf(key)) };
    }),
    ambiguous: grouped.ambiguous.map((one) => ({ ...one, ...speller(one, older) })),
    rejects: unplaced.filter(({ one }) => one.format === 'export').flatMap(({ one, reason }) => entriesOf(one, reason)),
    folded: unplaced
      .filter(({ one }) => one.format === 'export')
      .flatMap(({ one }) => one.part.dropped.map((dropped) => ({ ...dropped, file: one.file }))),
    passedOver: unplaced
      .filter(({ one }) => one.format !== 'export')
      .map(({ one, reason }) => ({ file: one.file, reason: `${reason}: say --chain-id <n>` })),
  };
}

/** The claim of a whole file, as `groupByNetwork` knows it: one record that stands for all. */
function claimOf(key: string, { part }: OlderSource, files: Awaited<ReturnType<BaseState['readable']>>): LegacyRecord {
  const { chainId, spelling } = part;
  // A file here of just this name and chain is meant, also where it is not the main environment of its chain.
  const isHere = files.some((file) => file.network === spelling && file.chainId === chainId);
  const network = chainId === null || isHere ? spelling : null;
  return { key, raw: Buffer.alloc(0), value: null, chainId, network, spelling, contractName: key, fields: {} };
}

/** The file whose spelling of the network is not the one that was taken. */
function speller({ path, kept }: Ambiguity, older: readonly OlderSource[]): { readonly file?: string } {
  const found = older.find(
    ({ part }) => String(part.chainId) === path && part.spelling !== null && part.spelling !== kept,
  );
  return found === undefined ? {} : { file: found.file };
}

function entriesOf({ source, part, file }: OlderSource, unplaced: string): LegacyReject[] {
  const entries = [
    ...part.records.map(({ from }) => ({ from, reason: unplaced })),
    ...part.rejects.map(({ from, reason }) => ({ from, reason })),
  ];
  return entries.map(({ from, reason }) => {
    const value = valueAt(source.root, from) ?? null;
    return { key: from, raw: Buffer.from(source.raw(from)), value, reason, chainId: null, file };
  });
}
