import { knownChains } from '../config/chains.js';
import { compareText } from '../equal.js';
import { member } from '../json.js';
import { type NetworkFile, recordNamed } from '../model/network-file.js';
import type { FieldChange, NetworkChange } from './change.js';

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

/** A contract whose code the networks differ in. */
export type Drift = { readonly name: string; readonly versions: readonly CodeVersion[] };

/**
 * What the networks run of each contract whose code was changed, where they differ afterwards; by name, and what has just
 * been written first.
 */
export function driftAfter(networks: readonly NetworkChange[], files: Iterable<NetworkFile>): Drift[] {
  const all = [...files];
  const changes = networks.flatMap(({ contracts }) => contracts.filter(({ kind }) => kind !== 'metadata'));
  const written = new Map<string, Set<string>>();
  for (const { name, fields } of changes)
    written.set(name, new Set([...(written.get(name) ?? []), ...hashesIn(fields)]));
  return [...written.keys()].sort(compareText).flatMap((name) => {
    const versions = codeVersions(all, name);
    const isNew = ({ hash }: CodeVersion) => written.get(name)?.has(hash) === true;
    return versions.length < 2
      ? []
      : [{ name, versions: [...versions.filter(isNew), ...versions.filter((v) => !isNew(v))] }];
  });
}

function hashesIn(fields: readonly FieldChange[]): string[] {
  return fields.flatMap(({ path, after }) =>
    path === 'implementationHash' && typeof after === 'string' ? [after.toLowerCase()] : [],
  );
}

/** Does the chain carry real money, as far as it is known? */
export function isMainnet(chainId: number): boolean {
  return mainnets.has(chainId);
}

const mainnets: ReadonlySet<number> = new Set(
  knownChains.filter(({ tier }) => tier === 'mainnet').map(({ chainId }) => chainId),
);

function mainnetsFirst(a: NetworkFile, b: NetworkFile): number {
  return Number(isMainnet(b.chainId)) - Number(isMainnet(a.chainId)) || compareText(a.network, b.network);
}
