import { networkFilePath } from '../../core/layout.js';
import type { LegacyReject } from '../../core/legacy/legacy-record.js';
import { batchesOf } from '../../core/migration/batches.js';
import { migrationTrailers } from '../../core/migration/checkpoint.js';
import type { NetworkFile } from '../../core/model/network-file.js';
import type { PhaseName } from '../../core/migration/phases.js';
import type { CommitPlan, StateTree } from '../../ports/state-repository.js';
import { baseState } from '../base-state.js';
import { quarantineEdits } from '../quarantine-edits.js';
import { planCommit } from '../record.js';
import { overlaidTree } from './overlaid-tree.js';

/** What a network is to become, with what cannot be state; `file` null for rejects that belong to no network. */
export type BatchTarget = {
  readonly network: string;
  readonly file: NetworkFile | null;
  readonly rejects: readonly LegacyReject[];
  /** Records that its sources name, for the progress. */
  readonly records: number;
};

export type BatchPlan = {
  readonly commits: readonly CommitPlan[];
  /** How many targets are reached with these commits, from the first on. */
  readonly reached: number;
  /** Records that come or go. */
  readonly records: number;
};

export type BatchSettings = {
  readonly id: string;
  readonly base: string;
  readonly phase: PhaseName;
  /** Records of one commit at most, but for networks that would need more than `mostBatches`. */
  readonly size: number;
};

/** Behind one compare-and-swap: all that a kill can lose. */
const mostCommits = 8;
/** A commit stores its whole network file, so many small ones of a large file would cost the square of its records. */
const mostBatches = 32;

/** The next commits towards the targets, from what the branch holds; pure over `tree`. Throws STATE_INVALID. */
export async function planBatches(
  root: string,
  tree: StateTree,
  targets: readonly BatchTarget[],
  settings: BatchSettings,
): Promise<BatchPlan> {
  const edits = new Map<string, string | null>();
  const base = await baseState(root, overlaidTree(tree, edits));
  const commits: CommitPlan[] = [];
  let [reached, records] = [0, 0];
  for (const target of targets) {
    const steps = await stepsOf(target);
    for (const [i, step] of steps.entries()) {
      const isLast = i === steps.length - 1;
      if (commits.length >= mostCommits) return { commits, reached, records };
      const files = new Map(step.files);
      if (isLast) for (const [path, text] of await quarantineOf(target)) files.set(path, text);
      const planned = await planCommit(base, files, {
        operation: 'migrate',
        trailers: migrationTrailers(settings, settings.phase, `${target.network} ${i + 1}`),
      });
      if (planned !== null) commits.push(planned.plan);
      for (const [path, text] of files) edits.set(path, text);
      records += step.records;
    }
    reached += 1;
  }
  return { commits, reached, records };

  async function stepsOf({ network, file, records: count }: BatchTarget) {
    if (file === null) return [{ files: new Map<string, string>(), records: 0 }];
    const path = networkFilePath(root, network);
    const before = await base.network(network);
    const size = Math.max(settings.size, Math.ceil(count / mostBatches));
    const batches = batchesOf(path, { before, target: file, size, limit: mostCommits - commits.length + 1 });
    // Quarantine may still be open where the network itself is done.
    if (batches.length === 0) return [{ files: new Map<string, string>(), records: 0 }];
    return batches.map((batch) => ({ files: new Map([[path, batch.text]]), records: batch.records.length }));
  }

  async function quarantineOf({ rejects }: BatchTarget): Promise<[string, string][]> {
    const quarantine = await quarantineEdits(base, ({ file }) => (file === undefined ? 'leveldb' : 'json'), rejects);
    return [...quarantine.values()].map(({ path, text }) => [path, text]);
  }
}
