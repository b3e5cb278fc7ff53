import { compareText } from '../core/equal.js';
import { groupByNetwork, type NetworkWish } from '../core/legacy/group-by-network.js';
import type { OlderPart } from '../core/legacy/json/older-part.js';
import type { OlderSource } from '../core/legacy/json/older-source.js';
import type { Ambiguity, LegacyRecord, LegacyReject } from '../core/legacy/legacy-record.js';
import { valueAt } from '../core/text/value-at.js';
import { networkNameProblem } from '../core/model/names.js';
import type { NetworkFile } from '../core/model/network-file.js';
import { shown } from '../core/shown.js';
import { StateManagerError } from '../errors.js';
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
  refuseOtherChain(older, wish);
  const files = await base.readable();
  const isEnvironment = ({ part }: OlderSource): boolean => wish.network === undefined && namesEnvironment(part);
  const claims = new Map(
    older.flatMap((one, at): [string, OlderSource][] => (isEnvironment(one) ? [] : [[`${at} ${one.file}`, one]])),
  );
  const grouped = groupByNetwork(
    [...claims].map(([key, one]) => claimOf(key, one, files, wish)),
    { files, config: base.config },
    wish,
  );
  const sourceOf = (key: string): OlderSource[] => [claims.get(key) ?? []].flat();
  const unplaced = grouped.rejects.flatMap(({ key, reason }) => sourceOf(key).map((one) => ({ one, reason })));
  return {
    groups: [
      ...grouped.groups.map(({ network, chainId, records }) => {
        return { network, chainId, older: records.flatMap(({ key }) => sourceOf(key)) };
      }),
      ...environmentGroups(older.filter(isEnvironment)),
    ].sort((a, b) => compareText(a.network, b.network)),
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

/** What a file, or a part of one, says of which network it is about. */
export type FileClaim = {
  readonly file: string;
  readonly part: Pick<OlderPart, 'chainId' | 'spelling'>;
};

/** The claim of a whole file, as `groupByNetwork` knows it: one record that stands for all. */
export function claimOf(
  key: string,
  { part: { chainId, spelling } }: FileClaim,
  files: readonly NetworkFile[],
  wish: NetworkWish,
): LegacyRecord {
  // A file here of just this name and chain is meant, also where it is not the main environment of its chain.
  const isHere = files.some((file) => file.network === spelling && file.chainId === chainId);
  const named = wish.network ?? spelling;
  const network = chainId === null || (isHere && wish.network === undefined) ? named : null;
  return { key, raw: Buffer.alloc(0), value: null, chainId, network, spelling, contractName: key, fields: {} };
}

/** A name `<network>.<environment>` is a network of its own, beside the main one of its chain (FORMAT §1.3). */
export function namesEnvironment({ chainId, spelling }: FileClaim['part']): boolean {
  return chainId !== null && spelling !== null && spelling.includes('.') && networkNameProblem(spelling) === null;
}

/** Throws BAD_INPUT for one name on two chains. */
export function environmentGroups<T extends FileClaim>(
  older: readonly T[],
): { readonly network: string; readonly chainId: number; readonly older: T[] }[] {
  const groups = new Map<string, { network: string; chainId: number; older: T[] }>();
  for (const one of older) {
    const { spelling: network, chainId } = one.part;
    if (network === null || chainId === null) continue;
    const group = groups.get(network) ?? { network, chainId, older: [] };
    const [first = one] = group.older;
    if (group.chainId !== chainId) throw twoChains(network, first, one);
    group.older.push(one);
    groups.set(network, group);
  }
  return [...groups.values()];
}

function twoChains(network: string, one: FileClaim, other: FileClaim): StateManagerError {
  return new StateManagerError('BAD_INPUT', `${one.file} and ${other.file} call two chains ${shown(network)}`, {
    hint: `import the one that is right: stateroot import json ${one.file}`,
    details: { network, files: [one.file, other.file] },
  });
}

function refuseOtherChain(older: readonly OlderSource[], { chainId }: NetworkWish): void {
  const [first] = older;
  const isMeant = older.some(({ part }) => part.chainId === null || part.chainId === chainId);
  if (chainId === undefined || isMeant || first === undefined) return;
  throw new StateManagerError(
    'BAD_USAGE',
    `${first.file} says chain ${first.part.chainId}, --chain-id says ${chainId}`,
    {
      hint: 'leave --chain-id out: it is for files that do not say it',
      details: { file: first.file, said: first.part.chainId, wished: chainId },
    },
  );
}

/** The file whose spelling of the network is not the one that was taken. */
export function speller({ path, kept }: Ambiguity, older: readonly FileClaim[]): { readonly file?: string } {
  const found = older.find(
    ({ part }) => String(part.chainId) === path && part.spelling !== null && part.spelling !== kept,
  );
  return found === undefined ? {} : { file: found.file };
}

/** The entries of a part of an export that belongs to no network. */
export function entriesOf({ source, part, file }: OlderSource, unplaced: string): LegacyReject[] {
  const entries = [
    ...part.records.map(({ from }) => ({ from, reason: unplaced })),
    ...part.rejects.map(({ from, reason }) => ({ from, reason })),
  ];
  return entries.map(({ from, reason }) => {
    const value = valueAt(source.root, from) ?? null;
    return { key: from, raw: Buffer.from(source.raw(from)), value, reason, chainId: null, file };
  });
}
