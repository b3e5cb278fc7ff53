import { type Comparison, compareNetwork } from '../../core/migration/compare-network.js';
import { equalJson } from '../../core/equal.js';
import { baseState } from '../base-state.js';
import type { ConsolidatedNetwork } from './consolidation.js';
import type { MigrationPorts } from './migration-ports.js';
import { planBatches, type BatchSettings, type BatchTarget } from './plan-batches.js';
import type { SourceState } from './source-state.js';
import { targetsOf } from './targets.js';

export type ComparedTargets = Comparison & {
  /** Networks that were read and compared. */
  readonly networks: number;
  readonly records: number;
  /** Where anything differs: a record, a section, quarantine. Their names, ascending. */
  readonly differing: readonly string[];
  readonly quarantined: number;
  readonly ambiguous: number;
  readonly recovered: number;
  readonly withoutArguments: number;
};

/** Sources against a commit, network by network, every record and field. */
export async function compareTargets(
  { repository, tell }: MigrationPorts,
  state: SourceState,
  commit: string,
  settings: BatchSettings,
): Promise<ComparedTargets> {
  const tree = await repository.at({ commit });
  const there = await baseState(repository.root, tree);
  const total = state.consolidation.networks.reduce((sum, { records }) => sum + records, 0);
  const all = { mismatches: [] as Comparison['mismatches'][number][], missing: [] as string[], extra: [] as string[] };
  const differing: string[] = [];
  let [matches, networks, read, records] = [0, 0, 0, 0];
  let { rejects: quarantined, ambiguous } = {
    rejects: state.consolidation.rejects.length,
    ambiguous: state.consolidation.ambiguous.length,
  };
  let [recovered, withoutArguments] = [0, 0];
  const seen = (settled: ConsolidatedNetwork): void => {
    quarantined += settled.rejects.length;
    ambiguous += settled.ambiguous.length;
    recovered += settled.recovered.length;
    withoutArguments += settled.withoutArguments;
  };
  for await (const target of targetsOf(state, seen)) {
    const compared = await compareOne(target);
    matches += compared.matches;
    records += compared.matches + compared.mismatches.length + compared.missing.length;
    all.mismatches.push(...compared.mismatches);
    all.missing.push(...compared.missing);
    all.extra.push(...compared.extra);
    if (target.file !== null) networks += 1;
    if (!compared.isSame) differing.push(target.network);
    read += target.records;
    tell.step(read, total, target.network);
  }
  const counts = { quarantined, ambiguous, recovered, withoutArguments };
  return { matches, ...all, networks, records, differing, ...counts };

  async function compareOne(target: BatchTarget): Promise<Comparison & { readonly isSame: boolean }> {
    const file = target.file === null ? null : await there.network(target.network);
    const compared =
      target.file === null ? { matches: 0, mismatches: [], missing: [], extra: [] } : compareNetwork(target.file, file);
    const isSameFile = target.file === null || (file !== null && equalJson(target.file.root, file.root));
    const isSame =
      isSameFile &&
      (target.rejects.length === 0 ||
        (await planBatches(repository.root, tree, [target], settings)).commits.length === 0);
    return { ...compared, isSame };
  }
}
