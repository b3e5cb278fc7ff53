import type { Manifest } from '../../core/consistency/state/manifest.js';
import { olderVersions } from '../../core/legacy/older-versions.js';
import { type SupersededEntry, versionsByKey } from '../../core/legacy/recover-fields.js';
import { compareText } from '../../core/equal.js';
import type { OlderSource } from '../../core/legacy/json/older-source.js';
import type { LegacyEntry } from '../../core/legacy/entry.js';
import { entryClaims, rejectedEntry } from '../../core/legacy/entry-claims.js';
import { groupByNetwork } from '../../core/legacy/group-by-network.js';
import type { Ambiguity, LegacyReject } from '../../core/legacy/legacy-record.js';
import { inKeyOrder } from '../../core/legacy/source-id.js';
import { shortName } from '../../core/model/names.js';
import type { SourceFile } from '../../ports/source-files.js';
import type { BaseState } from '../base-state.js';
import { knownNetworks } from '../known-networks.js';
import { claimOf, entriesOf, environmentGroups, namesEnvironment, speller } from '../place-older.js';
import type { PassedOver } from '../plan-import.js';
import { type FileShare, olderClaims, unifiedClaims } from './claim-sources.js';
import type { MigrationSources, SourceNetwork } from './consolidation.js';
import { manifestsByChain } from './manifests-by-chain.js';

/** What the sources have of one network; read again when it is settled. */
export type NetworkShare = {
  /** In key order. */
  readonly entries: readonly LegacyEntry[];
  readonly older: readonly (() => OlderSource[])[];
  readonly unified: readonly SourceFile[];
};

export type PlacedSources = {
  /** Ascending by name. */
  readonly networks: readonly SourceNetwork[];
  readonly rejects: readonly LegacyReject[];
  readonly ambiguous: readonly Ambiguity[];
  readonly passedOver: readonly PassedOver[];
  readonly ignored: readonly PassedOver[];
  readonly share: (network: string) => NetworkShare;
  readonly versions: (key: string) => readonly SupersededEntry[];
  readonly manifests: (chainId: number) => readonly Manifest[];
};

/**
 * Which network every entry and every file belongs to: one name for each chain over all sources, as `groupByNetwork` chooses it.
 * Keeps the bytes that it was given and little else. Throws BAD_INPUT for one name on two chains.
 */
export async function placeSources(base: BaseState, sources: MigrationSources): Promise<PlacedSources> {
  const known = { files: await knownNetworks(base), config: base.config };
  const database = entryClaims(inKeyOrder(sources.leveldb?.entries ?? []));
  const json = olderClaims(sources.json);
  const unified = unifiedClaims(sources.unified);
  const files = [...json.claims, ...unified.claims];
  const main = files.filter(({ part }) => !namesEnvironment(part));
  const fileOf = new Map(main.map((claim, at) => [`file ${at}`, claim]));
  const claims = [...database.claims, ...[...fileOf].map(([key, claim]) => claimOf(key, claim, known.files, {}))];
  const { groups, rejects, ambiguous } = groupByNetwork(claims, known, {});
  const shares = new Map<string, Share>();
  for (const { network, chainId, records } of groups) {
    const share = newShare(chainId);
    shares.set(network, share);
    for (const { key, contractName } of records) {
      const file = fileOf.get(key);
      if (file === undefined) addEntry(share, database.entryOf(key), contractName);
      else addFile(share, file);
    }
  }
  for (const { network, chainId, older } of environmentGroups(files.filter(({ part }) => namesEnvironment(part)))) {
    const share = shares.get(network) ?? newShare(chainId);
    shares.set(network, share);
    for (const file of older) addFile(share, file);
  }
  const manifests = manifestsByChain(
    sources.openzeppelin,
    base,
    new Set([...shares.values()].map(({ chainId }) => chainId)),
  );
  const unplaced = rejects.flatMap(({ key, reason }) =>
    [fileOf.get(key) ?? []].flat().map((file) => ({ file, reason })),
  );
  return {
    networks: [...shares]
      .map(([network, { chainId, names }]) => ({ network, chainId, records: names.size }))
      .sort((a, b) => compareText(a.network, b.network)),
    rejects: [
      ...database.rejects,
      ...rejects.flatMap(({ key, reason }) => (fileOf.has(key) ? [] : rejectedEntry(database.entryOf(key), reason))),
      ...unplaced.flatMap(({ file, reason }) =>
        file.isExport ? file.read().flatMap((one) => entriesOf(one, reason)) : [],
      ),
    ],
    ambiguous: ambiguous.map((one) => ({ ...one, ...speller(one, files) })),
    passedOver: [
      ...json.passedOver,
      ...unified.passedOver,
      ...unplaced.flatMap(({ file, reason }) => (file.isExport ? [] : [{ file: file.file, reason }])),
      ...manifests.passedOver,
    ].sort((a, b) => compareText(a.file, b.file)),
    ignored: [...json.ignored, ...manifests.ignored].sort((a, b) => compareText(a.file, b.file)),
    share(network) {
      const share = shares.get(network);
      return { entries: share?.entries ?? [], older: share?.older ?? [], unified: share?.unified ?? [] };
    },
    versions: versionsByKey(olderVersions(sources.leveldb?.superseded ?? [], sources.also)),
    manifests: (chainId) => manifests.byChain.get(chainId) ?? [],
  };
}

type Share = {
  readonly chainId: number;
  readonly entries: LegacyEntry[];
  readonly older: (() => OlderSource[])[];
  readonly unified: SourceFile[];
  /** Of contracts, short. */
  readonly names: Set<string>;
};

function newShare(chainId: number): Share {
  return { chainId, entries: [], older: [], unified: [], names: new Set() };
}

function addEntry(share: Share, entry: LegacyEntry | undefined, name: string): void {
  if (entry === undefined) return;
  share.entries.push(entry);
  share.names.add(shortName(name));
}

function addFile(share: Share, { unified, read, names }: FileShare): void {
  if (unified === null) share.older.push(read);
  else share.unified.push(unified);
  for (const name of names) share.names.add(shortName(name));
}
