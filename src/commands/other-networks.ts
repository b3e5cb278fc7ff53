import { knownChains } from '../core/config/chains.js';
import type { NetworkChange } from '../core/diff/diff.js';
import { compareText } from '../core/equal.js';
import type { NetworkFile } from '../core/model/network-file.js';
import { readSnapshot } from '../core/snapshot.js';
import type { Place, StateRepository } from '../ports/state-repository.js';
import { type KnownFile, readFiles } from './compared-files.js';

/** What unchanged networks say about a change: which code they run, whose an address is. */
export type OtherNetworks = {
  readonly files: ReadonlyMap<string, NetworkFile>;
  /** How many were read, and of how many; fewer where there are very many. */
  readonly read: number;
  readonly of: number;
};

/** Bytes of unchanged files that are read unless all are wanted: some fifteen networks of a hundred records, a hundred of ten. */
const budget = 1024 * 1024;
const chunk = 8;

/** Does a change touch what other networks can say something about? */
export function concernsOthers(changes: readonly NetworkChange[]): boolean {
  return changes.some(({ contracts }) => contracts.some(({ kind }) => kind !== 'metadata'));
}

/**
 * Unchanged networks, mainnets first, as many as fit the budget or all of them. A file that cannot be read counts as one
 * that was not.
 */
export async function otherNetworks(
  repository: StateRepository,
  place: Place | null,
  same: readonly KnownFile[],
  options: { readonly all: boolean },
): Promise<OtherNetworks> {
  const wanted = [...same].sort(mainnetsFirst);
  const files = new Map<string, NetworkFile>();
  for (let at = 0, bytes = 0; at < wanted.length && (options.all || bytes < budget); at += chunk) {
    const read = await readFiles(repository, place, wanted.slice(at, at + chunk));
    for (const [network, file] of readSnapshot(read, repository.root).networks) files.set(network, file);
    bytes += read.reduce((sum, file) => sum + file.bytes.length, 0);
  }
  return { files, read: files.size, of: same.length };
}

const mainnets: ReadonlySet<string> = new Set(
  knownChains.filter(({ tier }) => tier === 'mainnet').map(({ name }) => name),
);

/** By name: the chain id is in the file. */
function mainnetsFirst(a: KnownFile, b: KnownFile): number {
  return Number(mainnets.has(b.network)) - Number(mainnets.has(a.network)) || compareText(a.network, b.network);
}
