import type { NetworkChange } from '../../core/diff/change.js';
import { compareFindings } from '../../core/finding.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import type { StateRepository } from '../../ports/state-repository.js';
import { type Diffed, diffRange } from '../diff.js';

export type RootDiff = { readonly root: string; readonly diff: Diffed };

/** What changed between two commits in every state root of either, one by one; `root` as in the repository. */
export async function diffRoots(repository: StateRepository, from: string, head: string): Promise<readonly RootDiff[]> {
  const diffs: RootDiff[] = [];
  for (const root of await rootsOfBoth(repository, from, head)) {
    diffs.push({ root, diff: await diffRange(repository.forRoot(root), { range: `${from}..${head}` }) });
  }
  return diffs;
}

/** Every state root at one of two commits, ascending; below the top of the repository only its own. */
export async function rootsOfBoth(repository: StateRepository, from: string, head: string): Promise<readonly string[]> {
  if (repository.root !== '') return [repository.root];
  const found = await Promise.all([from, head].map((commit) => repository.roots({ commit })));
  return [...new Set(found.flat())].sort();
}

/** One comparison of all roots. Where there are several, networks are named with their root: two may be of one name. */
export function joinedDiff(diffs: readonly RootDiff[]): Diffed | null {
  const [first] = diffs;
  if (first === undefined || diffs.length === 1) return first?.diff ?? null;
  const asked = diffs.flatMap(({ diff }) => diff.others ?? []);
  return {
    base: first.diff.base,
    head: first.diff.head,
    networks: diffs.flatMap(({ root, diff }) => diff.networks.map((change) => inRoot(root, change))),
    findings: diffs.flatMap(({ diff }) => diff.findings).sort(compareFindings),
    after: new Map(diffs.flatMap(({ root, diff }) => [...diff.after.values()].map((file) => fileInRoot(root, file)))),
    others: asked.length === 0 ? null : { read: sum(asked, 'read'), of: sum(asked, 'of') },
    total: diffs.reduce((total, { diff }) => total + diff.total, 0),
  };
}

function inRoot(root: string, change: NetworkChange): NetworkChange {
  const contracts = change.contracts.map((contract) =>
    contract.knownAs === undefined
      ? contract
      : {
          ...contract,
          knownAs: contract.knownAs.map((known) => ({ ...known, network: nameIn(root, known.network) })),
        },
  );
  return { ...change, network: nameIn(root, change.network), contracts };
}

function fileInRoot(root: string, file: NetworkFile): [string, NetworkFile] {
  const network = nameIn(root, file.network);
  return [network, { ...file, network }];
}

function nameIn(root: string, network: string): string {
  return root === '' ? network : `${root}/${network}`;
}

function sum(asked: readonly { readonly read: number; readonly of: number }[], of: 'read' | 'of'): number {
  return asked.reduce((total, each) => total + each[of], 0);
}
