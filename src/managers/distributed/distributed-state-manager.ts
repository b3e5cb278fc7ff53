import { type Merged, merge } from '../../commands/merge.js';
import { type Collaboration, sync, type Synced } from '../../commands/sync.js';
import { openCollaboration } from '../../library/open-collaboration.js';
import { type PlainUnifiedOptions, UnifiedJSONStateManager } from '../unified/unified-state-manager.js';
import { type ConsensusResult, consensus } from './consensus.js';
import { type Replica, replicate } from './replicate.js';

/** One conflict and the side that stands: `details.conflicts` of a CONFLICT, with `side`. Without `path` the whole record. */
export type DataConflict = {
  readonly network: string;
  readonly contract: string;
  readonly path?: string | undefined;
  /** `ours` is this clone, `theirs` the node. */
  readonly side: 'ours' | 'theirs';
};

/** The distributed interface of the documents (R182), as far as Git remotes give it: a node is a remote of this clone. */
export class DistributedStateManager extends UnifiedJSONStateManager {
  readonly #place: { readonly cwd: string; readonly options: PlainUnifiedOptions };

  constructor(network: string | null, options: PlainUnifiedOptions = {}) {
    const cwd = options.cwd ?? process.cwd();
    super(network, { ...options, cwd });
    this.#place = { cwd, options };
  }

  /** @see replicate */
  replicateToNodes(nodes: readonly string[]): Promise<Replica[]> {
    return this.#together((clone) => replicate(clone, nodes));
  }

  /**
   * Brings this clone and the node together: fetch, merge by record, push; says what went where. Throws CONFLICT with
   * `details.conflicts` and nothing left behind; `resolveConflicts` decides them.
   */
  syncFromMasterNode(node?: string): Promise<Synced> {
    return this.#together((clone) => sync(clone, { remote: node, dryRun: false }));
  }

  /** Of these remotes, default all that this clone has. Throws BAD_INPUT for one it has not. */
  establishConsensus(nodes?: readonly string[]): Promise<ConsensusResult> {
    return this.#together(async (clone) => consensus(clone, nodes ?? (await clone.remotes.names())));
  }

  /**
   * Merges what the node has, with these decisions, as one merge commit here; `syncFromMasterNode` then brings it there.
   * Throws CONFLICT for what is still undecided, BAD_USAGE for a decision of what is no conflict, or of half of what moves
   * as one; nothing is merged then.
   */
  resolveConflicts(decisions: readonly DataConflict[], node?: string): Promise<Merged> {
    return this.#together(async ({ repository, remotes, merges }) => {
      const branch = await remotes.branchOf(node);
      await remotes.fetch(branch);
      return merge(repository, merges, {
        revision: branch.tracking,
        dryRun: false,
        onConflict: 'refuse',
        decisions: decisions.map(({ network, contract, path, side }) => ({
          side,
          place: [network, contract.replaceAll('/', '~1'), ...(path === undefined || path === '' ? [] : [path])].join(
            '/',
          ),
        })),
      });
    });
  }

  /** In its turn among the calls of this manager. */
  #together<Result>(work: (clone: Collaboration) => Promise<Result>): Promise<Result> {
    const { cwd, options } = this.#place;
    return this.unified.withRepository(async () => {
      const clone = await openCollaboration(cwd, options);
      try {
        return await work(clone);
      } finally {
        await clone.close();
      }
    });
  }
}
