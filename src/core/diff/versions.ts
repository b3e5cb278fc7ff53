import { knownChains } from '../config/chains.js';
import { compareText } from '../equal.js';
import { member } from '../json.js';
import { type NetworkFile, recordNamed } from '../model/network-file.js';

/** One code of a contract and the networks that run it. */
export type CodeVersion = {
  /** `implementationHash`, lower-case. */
  readonly hash: string;
  /** Mainnets first, then by name: where a list is cut, what matters most is still in it. */
  readonly networks: readonly string[];
};

/** Which code the contract of this name has on each network where its hash is recorded; the commonest first. */
export function codeVersions(files: Iterable<NetworkFile>, name: string): CodeVersion[] {
  const versions = new Map<string, NetworkFile[]>();
  for (const file of files) {
    const hash = member(recordNamed(file, name)?.fields ?? {}, 'implementationHash');
    if (typeof hash !== 'string') continue;
    const key = hash.toLowerCase();
    const known = versions.get(key);
    if (known === undefined) versions.set(key, [file]);
    else known.push(file);
  }
  return [...versions]
    .map(([hash, running]) => ({ hash, networks: running.sort(mainnetsFirst).map(({ network }) => network) }))
    .sort((a, b) => b.networks.length - a.networks.length || compareText(a.hash, b.hash));
}

const mainnets: ReadonlySet<number> = new Set(
  knownChains.filter(({ tier }) => tier === 'mainnet').map(({ chainId }) => chainId),
);

function mainnetsFirst(a: NetworkFile, b: NetworkFile): number {
  return Number(mainnets.has(b.chainId)) - Number(mainnets.has(a.chainId)) || compareText(a.network, b.network);
}
