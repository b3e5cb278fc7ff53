import type { SourceState } from './source-state.js';
import type { BatchTarget } from './plan-batches.js';
import type { ConsolidatedNetwork } from './consolidation.js';

/**
 * What every network is to become, ascending, then what belongs to none. Each is worked out when it is asked for and depends on the
 * sources and the first commit only, never on how far the branch is: so a migration that was killed comes to the same.
 */
export async function* targetsOf(
  { base, consolidation }: SourceState,
  seen?: (settled: ConsolidatedNetwork) => void,
): AsyncGenerator<BatchTarget> {
  const chains = new Set<number>();
  for (const source of consolidation.networks) {
    const settled = await consolidation.settle(base, source);
    const own = chains.has(source.chainId)
      ? []
      : consolidation.rejects.filter(({ chainId }) => chainId === source.chainId);
    chains.add(source.chainId);
    seen?.(settled);
    yield {
      network: settled.network,
      file: settled.file,
      rejects: [...settled.rejects, ...own],
      records: source.records,
    };
  }
  const rejects = consolidation.rejects.filter(({ chainId }) => chainId === null || !chains.has(chainId));
  if (rejects.length > 0) yield { network: 'quarantine', file: null, rejects, records: 0 };
}
