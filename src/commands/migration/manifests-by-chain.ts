import { chainBook } from '../../core/consistency/state/chain-book.js';
import { readManifest } from '../../core/consistency/state/manifest.js';
import { grouped } from '../../core/grouped.js';
import type { SourceFile } from '../../ports/source-files.js';
import type { BaseState } from '../base-state.js';
import type { PassedOver } from '../plan-import.js';

/** Manifests by chain; those of a chain that no source speaks of are not needed. */
export function manifestsByChain(files: readonly SourceFile[], { config }: BaseState, chains: ReadonlySet<number>) {
  const book = chainBook(new Map(), config, null);
  const read = files.map(({ path, bytes }) => readManifest(path, bytes, book));
  const usable = read.filter(({ problem, chainId }) => problem === null && chainId !== null);
  return {
    byChain: grouped(usable, ({ chainId }) => chainId),
    passedOver: read.flatMap(({ path: file, problem, chainId }): PassedOver[] => {
      const reason = problem ?? (chainId === null ? 'its name names no chain that is known' : null);
      return reason === null ? [] : [{ file, reason }];
    }),
    ignored: usable
      .filter(({ chainId }) => chainId !== null && !chains.has(chainId))
      .map(({ path: file, chainId }) => ({ file, reason: `no source speaks of chain ${chainId}` })),
  };
}
