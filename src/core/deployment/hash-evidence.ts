import type { Manifest } from '../consistency/state/manifest.js';

/** What OpenZeppelin's manifests say of hashes and of one contract's implementation. */
export type HashEvidence = {
  /** A hash that is a key of any manifest was made of creation code without metadata: no other scheme gives the same. */
  isCreationHash(hash: string): boolean;
  /** The `creation-nometa` hash of the code at the recorded implementation, by the chain's own manifest; else null. */
  readonly implementationHash: string | null;
  /** The addresses the chain's manifests have a hash at. */
  addressesOf(hash: string): readonly string[];
};

export function hashEvidence(
  manifests: readonly Manifest[],
  chainId: number,
  implementation: string | null,
): HashEvidence {
  const readable = manifests.filter(({ problem }) => problem === null);
  const ofChain = readable.filter((manifest) => manifest.chainId === chainId);
  const known = new Set(
    readable.flatMap(({ implementations }) => [...implementations.values()].map(({ hash }) => hash)),
  );
  const entries = ofChain.flatMap(({ implementations }) => [...implementations]);
  const address = implementation?.toLowerCase();
  const hashes = new Set(entries.flatMap(([at, { hash }]) => (at === address && hash !== null ? [hash] : [])));
  const [only, ...others] = hashes;
  return {
    isCreationHash: (hash) => known.has(hash),
    // Two manifests of one chain that disagree prove nothing.
    implementationHash: others.length === 0 ? (only ?? null) : null,
    addressesOf: (hash) => entries.filter(([, entry]) => entry.hash === hash).map(([at]) => at),
  };
}
